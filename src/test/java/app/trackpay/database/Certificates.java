package app.trackpay.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** An authority and the certificates it signs, made with the tool that every Java has. */
final class Certificates {

    private static final String PASSWORD = "for-this-test";

    private final Path store;

    private Certificates(Path store) {
        this.store = store;
    }

    static Certificates in(Path folder) throws Exception {
        Certificates certificates = new Certificates(folder.resolve("store.p12"));
        certificates.keytool("-genkeypair", "-alias", "ca", "-dname", "CN=An authority", "-ext", "bc:c");
        return certificates;
    }

    /** Signed by this authority, for the name {@code localhost}. */
    Certificates sign(String alias, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of(
                "-genkeypair",
                "-alias",
                alias,
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-signer",
                "ca"));
        words.addAll(List.of(more));
        keytool(words.toArray(String[]::new));
        return this;
    }

    /** The certificate as PEM. */
    String certificate(String alias) throws Exception {
        return pem("CERTIFICATE", open().getCertificate(alias).getEncoded());
    }

    /** The key as PEM, without a password. */
    String key(String alias) throws Exception {
        return pem("PRIVATE KEY", open().getKey(alias, PASSWORD.toCharArray()).getEncoded());
    }

    private KeyStore open() throws Exception {
        KeyStore opened = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            opened.load(in, PASSWORD.toCharArray());
        }
        return opened;
    }

    private void keytool(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(words));
        command.addAll(List.of(
                "-keyalg", "EC", "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
                + "\n-----END " + what + "-----\n";
    }
}
