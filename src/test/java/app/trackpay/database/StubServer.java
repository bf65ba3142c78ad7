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
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Something on a port that is not a PostgreSQL anybody would want. */
public final class StubServer implements AutoCloseable {

    private static final Pattern STRINGS = Pattern.compile("(?is)(?:(?:RESET|DISCARD)\\s+ALL"
            + "|(?:SET|SELECT|RESET)\\b.*?standard_conforming_strings[\"']?\\s*(?:=|TO|,)?\\s*'?(\\w*)).*");
    private static final Pattern BLANK = Pattern.compile("(?:[ \\t\\r\\n\\f]|--[^\\r\\n]*)+");
    private static final Pattern EDGE = Pattern.compile("/\\*|\\*/");
    private static final Pattern ROWS_FOLLOW = Pattern.compile("(?is)COPY\\b(?!.*\\bTO\\b).*\\bFROM\\s+STDIN\\b.*");

    /**
     * What a client sent.
     *
     * @param type {@code Q} for a query, {@code d} for the rows of a COPY, all of them
     */
    public record Sent(char type, String text) {}

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
                    client.setTcpNoDelay(true);
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

    /** Takes the connection and ends it, as the engine of a container does before the server in it is up. */
    static StubServer closing() throws IOException {
        return new StubServer((in, out) -> {});
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
            welcome(out, version);
            int type;
            while ((type = in.read()) >= 0) {
                in.readNBytes(in.readInt() - 4);
                if (type == 'Q') {
                    ready(out);
                }
            }
        });
    }

    /**
     * Lets everybody in, runs nothing and says that all went well. It takes rows where COPY ... FROM stdin announces some, and tells the
     * client what SET makes of standard_conforming_strings, because clients read strings by that.
     *
     * @param sent gets what the client sends, in order
     */
    public static StubServer recording(String version, Consumer<Sent> sent) throws IOException {
        return new StubServer((in, out) -> {
            startup(in);
            welcome(out, version);
            StringBuilder rows = new StringBuilder();
            int type;
            while ((type = in.read()) >= 0) {
                String text = new String(in.readNBytes(in.readInt() - 4), StandardCharsets.UTF_8);
                if (type == 'd') {
                    rows.append(text);
                } else if (type == 'c') {
                    sent.accept(new Sent('d', rows.toString()));
                    rows.setLength(0);
                    ready(out);
                } else if (type == 'Q') {
                    String query = text.substring(0, text.length() - 1);
                    sent.accept(new Sent('Q', query));
                    answer(withoutBlank(query), out);
                }
            }
        });
    }

    private static void answer(String query, OutputStream out) throws IOException {
        if (ROWS_FOLLOW.matcher(query).matches()) {
            out.write(message('G', "\0\0\0"));
            out.flush();
            return;
        }
        Matcher strings = STRINGS.matcher(query);
        if (strings.matches()) {
            boolean off = "off".equalsIgnoreCase(strings.group(1)) || "false".equalsIgnoreCase(strings.group(1));
            out.write(message('S', "standard_conforming_strings\0" + (off ? "off" : "on") + "\0"));
        }
        ready(out);
    }

    /** A text without the comments and the space in front. */
    public static String withoutBlank(String text) {
        Matcher blank = BLANK.matcher(text);
        if (blank.lookingAt()) {
            return withoutBlank(text.substring(blank.end()));
        }
        if (!text.startsWith("/*")) {
            return text;
        }
        int depth = 0;
        Matcher edge = EDGE.matcher(text);
        while (edge.find()) {
            depth += edge.group().equals("/*") ? 1 : -1;
            if (depth == 0) {
                return withoutBlank(text.substring(edge.end()));
            }
        }
        return "";
    }

    private static void welcome(OutputStream out, String version) throws IOException {
        out.write(message('R', "\0\0\0\0"));
        out.write(message('S', "server_version\0" + version + "\0"));
        out.write(message('S', "client_encoding\0UTF8\0"));
        out.write(message('S', "DateStyle\0ISO, MDY\0"));
        out.write(message('S', "standard_conforming_strings\0on\0"));
        out.write(message('Z', "I"));
        out.flush();
    }

    private static void ready(OutputStream out) throws IOException {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(message('C', "SET\0"));
        both.write(message('Z', "I"));
        out.write(both.toByteArray());
        out.flush();
    }

    /** Where a client finds it. */
    public int port() {
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
