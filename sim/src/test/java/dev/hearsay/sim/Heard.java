package dev.hearsay.sim;

import dev.hearsay.core.Event;
import java.util.ArrayList;
import java.util.List;

/** Writes down what nodes tell their applications. */
final class Heard implements Simulation.Listener {
    private final List<Entry> entries = new ArrayList<>();

    private record Entry(SimNode node, Event event) {}

    /** Hears everything that happens in the simulation from now on. */
    static Heard in(Simulation sim) {
        Heard heard = new Heard();
        sim.listen(heard);
        return heard;
    }

    @Override
    public void onEvent(SimNode node, Event event) {
        entries.add(new Entry(node, event));
    }

    /** The events of that kind, of all nodes. */
    <E extends Event> List<E> all(Class<E> kind) {
        return entries.stream()
                .map(Entry::event)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** The events of that kind which that node told. */
    <E extends Event> List<E> of(SimNode node, Class<E> kind) {
        return entries.stream()
                .filter(entry -> entry.node == node)
                .map(Entry::event)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** Names of the members that events of that kind are about. */
    List<String> about(Class<? extends Event.MemberEvent> kind) {
        return all(kind).stream()
                .map(event -> event.member().name())
                .distinct()
                .sorted()
                .toList();
    }
}
