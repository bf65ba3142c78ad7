package app.trackpay.manifest;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Identifier;
import app.trackpay.catalog.Role;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The roles that requests run as: what they may, what they are members of, what is set for them. */
final class RoleEntries {

    private RoleEntries() {}

    static Stream<Entry> of(Catalog catalog, Coverage coverage) {
        return catalog.roles().stream()
                .filter(role -> coverage.apiRole(role.name()))
                .map(RoleEntries::entry);
    }

    private static Entry entry(Role role) {
        Attributes attributes = Attributes.of(ObjectName.of(Kind.ROLE, role.name()))
                .flag("superuser", role.superuser())
                .flag("inherit", role.inherit())
                .flag("create role", role.createRole())
                .flag("create database", role.createDatabase())
                .flag("login", role.login())
                .flag("replication", role.replication())
                .flag("bypass row security", role.bypassRls())
                .text("connection limit", Integer.toString(role.connectionLimit()))
                .text("valid until", role.validUntil());
        role.memberships()
                .forEach(membership ->
                        attributes.text("member of " + Identifier.quote(membership.role()), options(membership)));
        role.settings().stream()
                .filter(setting -> !isPlatforms(setting))
                .forEach(setting -> attributes.text(
                        "setting " + setting.substring(0, setting.indexOf('=')),
                        setting.substring(setting.indexOf('=') + 1)));
        return attributes.entry();
    }

    /** The API server keeps its configuration with its role, and the platform loads its modules there. */
    private static boolean isPlatforms(String setting) {
        return setting.startsWith("pgrst.") || setting.startsWith("session_preload_libraries=");
    }

    private static String options(Role.Membership membership) {
        String options = Stream.of(
                        membership.admin() ? "admin" : "",
                        membership.inherit() ? "inherit" : "",
                        membership.set() ? "set" : "")
                .filter(option -> !option.isEmpty())
                .collect(Collectors.joining(", "));
        return options.isEmpty() ? "none" : options;
    }
}
