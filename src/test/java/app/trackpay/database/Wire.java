package app.trackpay.database;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a client and a server and notes the type of every message that the client sends after it has logged in. */
public final class Wire implements AutoCloseable {

    private final ServerSocket socket;
    private final String host;
    private final int port;
    private final AtomicInteger logins = new AtomicInteger();
    private final Queue<Character> sent = new ConcurrentLinkedQueue<>();

    public Wire(String host, int port) throws IOException {
        this.host = host;
        this.port = port;
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    /** Where a client finds it. */
    public int port() {
        return socket.getLocalPort();
    }

    /** The types of the messages so far, as the protocol names them: Q for a simple query. */
    public List<Character> sent() {
        return List.copyOf(sent);
    }

    /** How many messages it took to log in, over all connections. */
    public int logins() {
        return logins.get();
    }

    /** Starts counting anew. */
    public void forget() {
        sent.clear();
        logins.set(0);
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // one side hung up
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = socket.accept();
            Socket server = new Socket(host, port);
            // a message waits for nobody: neither for the rest of a packet nor for an acknowledgement
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            daemon(() -> pass(client, server));
            daemon(() -> {
                try (client;
                        server) {
                    server.getInputStream().transferTo(client.getOutputStream());
                }
            });
        }
    }

    private void pass(Socket client, Socket server) throws IOException {
        try (client;
                server;
                DataInputStream in = new DataInputStream(new BufferedInputStream(client.getInputStream()))) {
            OutputStream out = new BufferedOutputStream(server.getOutputStream());
            copy(in, out);
            logins.incrementAndGet();
            while (true) {
                int type = in.read();
                if (type < 0) {
                    throw new EOFException();
                }
                if (type == 'p') {
                    logins.incrementAndGet();
                } else {
                    sent.add((char) type);
                }
                out.write(type);
                copy(in, out);
            }
        }
    }

    private static void copy(DataInputStream in, OutputStream out) throws IOException {
        int length = in.readInt();
        byte[] body = new byte[length - 4];
        in.readFully(body);
        out.write(ByteBuffer.allocate(4).putInt(length).array());
        out.write(body);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
