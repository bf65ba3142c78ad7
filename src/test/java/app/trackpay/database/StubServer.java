package app.trackpay.database;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Something on a port that is not a PostgreSQL anybody would want. */
final class StubServer implements AutoCloseable {

    /** What it does with a client. */
    interface Answer {
        void to(DataInputStream in, OutputStream out) throws IOException;
    }

    private final ServerSocket socket;

    private StubServer(Answer answer) throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> {
            try {
                while (true) {
                    Socket client = socket.accept();
                    Thread one = new Thread(() -> {
                        try (client) {
                            answer.to(new DataInputStream(client.getInputStream()), client.getOutputStream());
                        } catch (IOException e) {
                            // the client hung up
                        }
                    });
                    one.setDaemon(true);
                    one.start();
                }
            } catch (IOException e) {
                // closed
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    static StubServer http() throws IOException {
        return new StubServer((in, out) -> {
            in.read();
            out.write("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        });
    }

    /** Takes the connection and never says a word. */
    static StubServer silent() throws IOException {
        return new StubServer((in, out) -> {
            while (in.read() >= 0) {
                // go on
            }
        });
    }

    /** Refuses every client the way a server does. */
    static StubServer refusing(String state, String message) throws IOException {
        return new StubServer((in, out) -> {
            startup(in);
            out.write(message('E', "SFATAL\0VFATAL\0C" + state + "\0M" + message + "\0\0"));
            out.flush();
        });
    }

    /** Lets everybody in and says it is of this version. */
    static StubServer ofVersion(String version) throws IOException {
        return new StubServer((in, out) -> {
            startup(in);
            out.write(message('R', "\0\0\0\0"));
            out.write(message('S', "server_version\0" + version + "\0"));
            out.write(message('S', "client_encoding\0UTF8\0"));
            out.write(message('S', "DateStyle\0ISO, MDY\0"));
            out.write(message('S', "standard_conforming_strings\0on\0"));
            out.write(message('Z', "I"));
            out.flush();
            int type;
            while ((type = in.read()) >= 0) {
                in.readNBytes(in.readInt() - 4);
                if (type == 'Q') {
                    out.write(message('C', "SET\0"));
                    out.write(message('Z', "I"));
                    out.flush();
                }
            }
        });
    }

    int port() {
        return socket.getLocalPort();
    }

    private static void startup(DataInputStream in) throws IOException {
        in.readNBytes(in.readInt() - 4);
    }

    private static byte[] message(char type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.write(type);
        message.write(ByteBuffer.allocate(4).putInt(bytes.length + 4).array());
        message.write(bytes);
        return message.toByteArray();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
