package dev.hearsay.experiment.scenario;

import java.util.ArrayList;
import java.util.List;

/** Reads {@link Who} from a section. */
final class Whos {
    private Whos() {}

    /** Who stands behind that key; the fallback if the key is not there, or names nobody. */
    static Who read(Section section, String key, Who fallback, Members members) {
        if (!section.has(key)) {
            return fallback;
        }
        List<String> words = section.words(key);
        List<Who.Part> parts = new ArrayList<>();
        for (String word : words) {
            try {
                parts.add(Who.part(word));
            } catch (IllegalArgumentException e) {
                section.problem(key, "'" + word + "': " + e.getMessage());
            }
        }
        if (parts.size() != words.size() || parts.isEmpty()) {
            return fallback;
        }
        Who who = new Who(String.join(", ", words), List.copyOf(parts));
        List<String> complaints = who.complaints(members);
        complaints.forEach(complaint -> section.problem(key, complaint));
        return complaints.isEmpty() ? who : fallback;
    }

    /** The same where it must be there, and cannot be the rest of anybody. */
    static Who one(Section section, String key, Members members) {
        if (!section.has(key)) {
            section.problem("", "'" + key + "' is missing");
            return Who.ALL;
        }
        Who who = read(section, key, Who.ALL, members);
        if (who.isRest()) {
            section.problem(key, "'rest' has a meaning only beside another side");
        }
        return who;
    }
}
