package app.trackpay.plan;

import java.time.LocalDate;
import java.util.Optional;

/**
 * A finding that the team accepts.
 *
 * @param check the check's id
 * @param object the finding's object as it is printed
 * @param reason why it is accepted
 * @param until the last day it is accepted on
 */
public record Suppression(String check, String object, String reason, Optional<LocalDate> until) {}
