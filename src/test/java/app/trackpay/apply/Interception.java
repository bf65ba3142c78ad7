package app.trackpay.apply;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between an applier and the server, and at one message that the applier sends on its first connection, which is the one that runs the
 * steps, has something happen. Clients must not ask for encryption.
 */
final class Interception implements AutoCloseable {

    /** When it happens, as the server sees it. */
    enum Moment {
        /** The message has not come. */
        BEFORE,
        /** The message has just come. */
        DURING,
        /** The message is answered, and nobody heard the answer. */
        AFTER
    }

    /** What happens. */
    interface Blow {

        /**
         * @param backend the process that serves the connection
         */
        void strike(int backend) throws Exception;
    }

    private final ServerSocket socket;
    private final String host;
    private final int port;
    private final Which which;
    private final Moment moment;
    private final Blow blow;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger messages = new AtomicInteger();
    private final CountDownLatch struck = new CountDownLatch(1);

    /** Which message it is, by its number from 1 and its text. */
    interface Which {
        boolean is(int number, String text);
    }

    /**
     * @param port of the server
     * @param at the number of the message, from 1
     */
    Interception(String host, int port, int at, Moment moment, Blow blow) throws IOException {
        this(host, port, (number, text) -> number == at, moment, blow);
    }

    /**
     * @param port of the server
     */
    Interception(String host, int port, Which which, Moment moment, Blow blow) throws IOException {
        this.host = host;
        this.port = port;
        this.which = which;
        this.moment = moment;
        this.blow = blow;
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    /** Only counts. */
    static Interception counting(String host, int port) throws IOException {
        return new Interception(host, port, (number, text) -> false, Moment.BEFORE, backend -> {});
    }

    /** Where a client finds it. */
    int port() {
        return socket.getLocalPort();
    }

    /** How many messages the first connection has sent after it logged in. */
    int messages() {
        return messages.get();
    }

    /** Waits until it has happened. */
    boolean struck() throws InterruptedException {
        return struck.await(60, TimeUnit.SECONDS);
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // one side hung up
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = socket.accept();
            Socket server = new Socket(host, port);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            Line line = new Line(client, server, connections.incrementAndGet() == 1);
            daemon(line::requests);
            daemon(line::answers);
        }
    }

    /** One connection, both ways. */
    private final class Line {

        private final Socket client;
        private final Socket server;
        private final boolean first;
        private volatile int backend;
        private volatile boolean deaf;

        Line(Socket client, Socket server, boolean first) {
            this.client = client;
            this.server = server;
            this.first = first;
        }

        void requests() throws Exception {
            try (client;
                    server;
                    DataInputStream in = new DataInputStream(client.getInputStream())) {
                OutputStream out = server.getOutputStream();
                send(out, body(in));
                while (true) {
                    int type = in.read();
                    if (type < 0) {
                        throw new EOFException();
                    }
                    byte[] body = body(in);
                    boolean now = first
                            && type != 'p'
                            && which.is(messages.incrementAndGet(), new String(body, StandardCharsets.UTF_8))
                            && struck.getCount() > 0;
                    if (now && moment == Moment.BEFORE) {
                        strike();
                    }
                    // rows of a COPY have no answer of their own: then it is that of the whole
                    deaf |= now && moment == Moment.AFTER;
                    out.write(type);
                    send(out, body);
                    if (now && moment == Moment.DURING) {
                        strike();
                    }
                }
            }
        }

        void answers() throws Exception {
            try (client;
                    server;
                    DataInputStream in = new DataInputStream(server.getInputStream())) {
                OutputStream out = client.getOutputStream();
                while (true) {
                    int type = in.read();
                    if (type < 0) {
                        throw new EOFException();
                    }
                    byte[] body = body(in);
                    if (type == 'K') {
                        backend = ByteBuffer.wrap(body).getInt();
                    }
                    if (!deaf) {
                        out.write(type);
                        send(out, body);
                    } else if (type == 'Z' || type == 'G') {
                        strike();
                        return;
                    }
                }
            }
        }

        private void strike() throws Exception {
            blow.strike(backend);
            struck.countDown();
        }

        private byte[] body(DataInputStream in) throws IOException {
            byte[] body = new byte[in.readInt() - 4];
            in.readFully(body);
            return body;
        }

        private void send(OutputStream out, byte[] body) throws IOException {
            out.write(ByteBuffer.allocate(body.length + 4)
                    .putInt(body.length + 4)
                    .put(body)
                    .array());
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
