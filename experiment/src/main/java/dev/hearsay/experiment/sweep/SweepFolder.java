package dev.hearsay.experiment.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The folder that a sweep lives in: {@code sweep.json} says which one it is. */
final class SweepFolder {
    static final String PLAN = "sweep.json";

    private SweepFolder() {}

    /**
     * Makes the folder this sweep's, if it is nobody's yet.
     *
     * @throws SweepException if another sweep lives there; says what differs
     */
    static void claim(Path folder, Plan plan) throws SweepException {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new SweepException("cannot make the folder " + folder + ": " + e);
        }
        Optional<Plan> there = plan(folder);
        if (there.isEmpty()) {
            write(folder.resolve(PLAN), PlanJson.file(plan));
            return;
        }
        List<String> differences = plan.differences(there.get());
        if (!differences.isEmpty()) {
            throw new SweepException(folder + " has another sweep. What differs:\n  " + String.join("\n  ", differences)
                    + "\nTake another --out, or repeat what was given there");
        }
    }

    /** The sweep that lives in a folder, if there is one. */
    static Optional<Plan> plan(Path folder) throws SweepException {
        Path file = folder.resolve(PLAN);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(PlanJson.read(file.toString(), Json.MAPPER.readTree(Files.readString(file))));
        } catch (JsonProcessingException e) {
            throw new SweepException(file + " is damaged: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new SweepException("cannot read " + file + ": " + e);
        }
    }

    /** Writes a file so that nobody ever sees half of it. */
    static void write(Path file, String content) throws SweepException {
        write(file, target -> Files.writeString(target, content));
    }

    /** Writes a file so that nobody ever sees half of it. */
    static void write(Path file, Content content) throws SweepException {
        // Shards may write at once into one folder, from machines that do not know of each other.
        Path draft = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            content.writeTo(draft);
            try {
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            draft.toFile().delete();
            throw new SweepException("cannot write " + file + ": " + e);
        }
    }

    /** What a file is to hold. */
    interface Content {
        /** Writes it there. */
        void writeTo(Path target) throws IOException;
    }
}
