package dev.hearsay.agent.state;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A token that requests must present, in a file of its own; blanks and line feeds around it do not count. */
public final class TokenFile {
    /** Shortest token: 16 random letters and digits cannot be guessed over a network. */
    public static final int LEAST = 16;
    /** Longest token. */
    public static final int MOST = 1024;

    private TokenFile() {}

    /**
     * The token in the file. No error repeats it.
     *
     * @throws IOException if there is none; one line, without the file's name
     */
    public static String read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return checked(new String(in.readNBytes(MOST + 64), StandardCharsets.UTF_8).strip());
        } catch (NoSuchFileException e) {
            throw new IOException("there is no such file", e);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * The token, if it can be one: what the header of RFC 6750 may hold, and long enough.
     *
     * @throws IllegalArgumentException with the rule it breaks
     */
    public static String checked(String token) {
        if (token.length() < LEAST || token.length() > MOST || !token.matches("[A-Za-z0-9._~+/-]+=*")) {
            throw new IllegalArgumentException("a token has " + LEAST + " to " + MOST
                    + " characters, letters, digits and - . _ ~ + /, and perhaps = at its end");
        }
        return token;
    }
}
