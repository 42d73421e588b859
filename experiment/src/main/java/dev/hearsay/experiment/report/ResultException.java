package dev.hearsay.experiment.report;

import java.io.IOException;

/** A file is no result of a run, or one of a form that this version does not know; the message names the file and the place. */
public final class ResultException extends IOException {
    private static final long serialVersionUID = 1;

    ResultException(String message) {
        super(message);
    }
}
