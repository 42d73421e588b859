package dev.hearsay.agent;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** Which release this is. */
public final class Version {
    private Version() {}

    /** This build's version; "unknown" if it does not say. */
    public static String text() {
        try (InputStream in = Version.class.getResourceAsStream("/dev/hearsay/agent/version.properties")) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
