package app.trackpay.benchmark;

import app.trackpay.database.GrantEra;
import app.trackpay.database.TestPostgres;

final class Keep {
    public static void main(String[] args) throws Exception {
        TestPostgres p = TestPostgres.of(Integer.parseInt(args[0]), GrantEra.NEW);
        TestPostgres.Database d = p.database();
        long t = System.nanoTime();
        GeneratedDatabase.fill(d, Integer.parseInt(args[1]));
        System.out.println(d.jdbcUrl() + " " + d.migrations().password().value() + " " + d.superuser().password().value() + " filled in " + (System.nanoTime() - t) / 1e9);
        Thread.sleep(Long.MAX_VALUE);
    }
}
