package app.trackpay.database;

/** What a Supabase project grants to its API roles on tables that {@code postgres} makes in {@code public}. */
public enum GrantEra {
    /** Nothing: projects since 2026-05-30, every project since 2026-10-30. */
    NEW,
    /** Everything to anon, authenticated and service_role: older projects. */
    OLD
}
