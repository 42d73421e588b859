package dev.hearsay.agent.demo;

import dev.hearsay.agent.Terminal;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where the demo is shown. In a terminal, lines scroll by above a block that is redrawn in place; anywhere else, lines
 * only, and the block when asked for. Thread-safe.
 */
final class Screen {
    private final PrintStream out;
    private final boolean terminal;
    private Supplier<List<String>> block = List::of;
    private int drawn;

    Screen(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Whether standard output is a terminal that can move its cursor. */
    static boolean isTerminal() {
        return Terminal.out();
    }

    boolean terminal() {
        return terminal;
    }

    /** What to keep at the bottom, drawn anew at each {@link #refresh}. */
    synchronized void block(Supplier<List<String>> lines) {
        block = lines;
    }

    /** Prints a line above the block. */
    synchronized void line(String text) {
        erase();
        out.println(text);
        draw();
        out.flush();
    }

    /** Draws the block anew; nothing outside a terminal. */
    synchronized void refresh() {
        if (terminal) {
            erase();
            draw();
            out.flush();
        }
    }

    /** Outside a terminal, prints the block as it is now; a terminal shows it anyway. */
    synchronized void snapshot() {
        if (!terminal) {
            List<String> lines = block.get();
            // The empty line at its end separates the block from the cursor; here the next part of the story brings
            // one.
            lines.subList(0, lines.size() - 1).forEach(out::println);
            out.flush();
        }
    }

    /** Leaves the block as it is and lets lines follow it. */
    synchronized void settle() {
        refresh();
        block = List::of;
        drawn = 0;
    }

    private void erase() {
        if (drawn > 0) {
            // Cursor up, then clear from there to the end of the screen.
            out.print("\u001b[" + drawn + "A\r\u001b[J");
            drawn = 0;
        }
    }

    private void draw() {
        if (terminal) {
            List<String> lines = block.get();
            lines.forEach(out::println);
            drawn = lines.size();
        }
    }
}
