package dev.hearsay.sim;

import dev.hearsay.core.Address;
import java.util.List;

/** What the scenario does to the processes on machines; {@link Simulation} says what each is. */
final class ProcessFaults {
    private final Engine engine;
    private final Faults faults;
    private final Starter starter;

    ProcessFaults(Engine engine, Faults faults, Starter starter) {
        this.engine = engine;
        this.faults = faults;
        this.starter = starter;
    }

    void crash(SimNode node) {
        node.running();
        note(node, "crash");
        faults.excuse(node);
        node.end(false);
    }

    void powerOff(SimNode node) {
        node.running();
        note(node, "power off");
        faults.excuse(node);
        node.powerOff();
    }

    void restart(SimNode node, Address address) {
        if (node.isUp()) {
            throw new IllegalStateException(node + " is up: crash it first");
        }
        note(node, "restart at " + address);
        if (!node.address().equals(address)) {
            engine.move(node, address);
        }
        starter.start(node);
        faults.endExcuse(node);
    }

    void pause(SimNode node) {
        note(node, "pause");
        node.running();
        faults.excuse(node);
        node.pause(engine.now());
    }

    void resume(SimNode node) {
        note(node, "resume");
        readsOld(node);
        engine.resume(node);
        faults.endExcuse(node);
    }

    void block(SimNode node) {
        note(node, "block");
        faults.excuse(node);
        node.block();
    }

    void unblock(SimNode node) {
        note(node, "unblock");
        readsOld(node);
        engine.unblock(node);
        faults.endExcuse(node);
    }

    void breakStreams(SimNode node) {
        note(node, "streams break");
        List.copyOf(node.running().held().values()).forEach(Stream::cutOnTheWay);
    }

    private void readsOld(SimNode node) {
        Invariants checked = engine.invariants();
        if (checked != null) {
            checked.readsOld(node, engine.now());
        }
    }

    private void note(SimNode node, String text) {
        faults.note(node.index(), text);
    }
}
