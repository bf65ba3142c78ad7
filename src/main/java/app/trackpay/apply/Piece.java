package app.trackpay.apply;

import java.util.List;

/** What is handed over at once. Offsets count in the file's text. */
public sealed interface Piece {

    /** The first character. */
    int start();

    /** After the last character. */
    int end();

    /**
     * A run of statements, sent as one text: the server splits it.
     *
     * @param statements at least one
     */
    record Sql(List<Statement> statements) implements Piece {

        @Override
        public int start() {
            return statements.get(0).start();
        }

        @Override
        public int end() {
            return statements.get(statements.size() - 1).end();
        }
    }

    /**
     * {@code COPY ... FROM STDIN} and its rows.
     *
     * @param data the offset of the first row
     * @param dataEnd the offset after the last row
     * @param end the offset after the line that ends the rows
     */
    record CopyIn(Statement statement, int data, int dataEnd, int end) implements Piece {

        @Override
        public int start() {
            return statement.start();
        }
    }

    /** {@code COPY ... TO STDOUT}: its rows are shown. */
    record CopyOut(Statement statement) implements Piece {

        @Override
        public int start() {
            return statement.start();
        }

        @Override
        public int end() {
            return statement.end();
        }
    }

    /** psql's {@code \echo}. */
    record Echo(String text, int start, int end) implements Piece {}
}
