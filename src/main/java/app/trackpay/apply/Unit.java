package app.trackpay.apply;

import app.trackpay.plan.Step;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What the history has a row for: a step, or one section of it.
 *
 * @param place the step's place in the plan, from 1
 * @param section the section's number; 0 where the step has none
 * @param title the section's title, else the step's purpose
 * @param script the file
 * @param start the offset of its first character in the file's text
 * @param end the offset after its last
 * @param parts in order; more than one only where a statement cannot be in a transaction or the file has transactions of its own, none
 *     in an empty file
 */
public record Unit(
        Step step, int place, int section, String title, Script script, int start, int end, List<Part> parts) {

    /**
     * Says whether the text is still the one that ran. Line ends, a byte order mark and space at the end do not count.
     *
     * @param done how many parts it is about; what follows an unfinished unit's last part may be mended
     */
    String checksum(int done) {
        int until =
                done < parts.size() ? (done == 0 ? start : parts.get(done - 1).end()) : end;
        String text = script.source().text().substring(start, until);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(text.replaceAll("\r\n?", "\n").stripTrailing().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * What becomes of the file's own BEGIN and COMMIT, where it has them.
     *
     * @param kept whether each part has a transaction of its own
     */
    Optional<String> ownTransactions(boolean kept) {
        return parts.stream().flatMap(part -> part.own().stream()).findFirst().map(own -> {
            String pair = script.source().location(own.begin().start()) + ": the file's own BEGIN and COMMIT are ";
            if (!kept) {
                return pair + "passed over: everything is one transaction.";
            }
            return parts.size() == 1
                    ? pair + "kept: they are the transaction of " + name() + "."
                    : pair + "kept: " + name() + " is applied in " + parts.size()
                            + " transactions. If it stops between two, the next run goes on behind the last one.";
        });
    }

    /** Said with the last section of a file that has nothing to run: it may be kept on purpose, or was never saved. */
    Optional<String> emptiness() {
        String file = script.source().file();
        return parts.isEmpty() && endsStep() && Words.of(script.source().text()).isEmpty()
                ? Optional.of(file + ": the file holds no statement: step " + step.id()
                        + " is applied and does nothing. If it should do something, see whether the file was saved.")
                : Optional.empty();
    }

    /** The same with other parts. */
    Unit with(List<Part> others) {
        return with(others, script);
    }

    /** The same with other parts, which the server gets from another reading of the file. */
    Unit with(List<Part> others, Script reading) {
        return new Unit(step, place, section, title, reading, start, end, List.copyOf(others));
    }

    /** The same inside a transaction, as far as nobody knows that the server refuses it there. */
    Unit inside() {
        return with(parts.stream().map(Part::inside).toList());
    }

    /** Whether the step is whole with it. */
    boolean endsStep() {
        return start == script.sections().get(script.sections().size() - 1).start();
    }

    /** {@code section 4 of step 3.2} or {@code step 3.7}. */
    public String name() {
        return section == 0 ? "step " + step.id() : "section " + section + " of step " + step.id();
    }

    /** As findings name it: {@code file 020_rls_policies.sql}, {@code file 20251015_fix_fk.sql section 4}. */
    public String object() {
        return "file " + step.name() + (section == 0 ? "" : " section " + section);
    }
}
