package dev.hearsay.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import com.deque.html.axecore.results.Results;
import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A Chromium without a window, through its driver: Debian's {@code chromium} and {@code chromium-driver}. Where they are not
 * installed, tests say so and are skipped. What a page writes to the console as an error fails the test that closes it.
 */
final class Chromium implements AutoCloseable {
    /** How long a page may take for anything. A bound: what is waited for comes much sooner. */
    static final Duration BOUND = Duration.ofSeconds(60);

    private static final Duration LOOK = Duration.ofMillis(25);
    private static final Path PICTURES = Path.of("target", "pictures");

    private final ChromeDriver driver;

    private Chromium(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Starts one whose reader speaks that language, {@code en} or {@code ru}. */
    static Chromium start(String language) {
        if (!installed("chromium") || !installed("chromedriver")) {
            System.err.println("SKIPPED: the pages were not opened, as 'chromium' and 'chromedriver' are not installed"
                    + " (Debian: apt-get install chromium chromium-driver)");
            abort("chromium or chromedriver is not installed");
        }
        ChromeOptions options = new ChromeOptions();
        options.setBinary(path("chromium").toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--lang=" + language,
                "--accept-lang=" + language,
                "--window-size=1280,900",
                "--enable-precise-memory-info");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(path("chromedriver").toFile())
                .usingAnyFreePort()
                .build();
        return new Chromium(new ChromeDriver(service, options));
    }

    static Chromium start() {
        return start("en");
    }

    /** Opens a page. */
    Chromium open(URI page) {
        driver.get(page.toString());
        return this;
    }

    /** A window of that size, in pixels of the page; at 600 and below a phone's, with touch. */
    Chromium size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width <= 600));
        return this;
    }

    /** A reader who wants it dark, or light. */
    Chromium dark(boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
        return this;
    }

    /** The element; waits until there is one that is shown. */
    WebElement find(String css) {
        return waits(
                "'" + css + "' is shown",
                () -> driver.findElements(By.cssSelector(css)).stream()
                        .filter(WebElement::isDisplayed)
                        .findFirst()
                        .orElse(null));
    }

    /** All elements there are at this moment, shown or not. */
    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    /** Scrolls there and clicks. */
    Chromium click(String css) {
        WebElement element = find(css);
        run("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element);
        element.click();
        return this;
    }

    /** Types into a field in place of what is there. */
    Chromium type(String css, String text) {
        WebElement field = find(css);
        field.clear();
        field.sendKeys(text);
        return this;
    }

    /** What the element says, or, if it is a field, what stands in it. */
    String text(String css) {
        WebElement element = find(css);
        String value = element.getDomProperty("value");
        return value == null || value.isEmpty() ? element.getText() : value;
    }

    /** Waits until the element says something with that in it. */
    Chromium says(String css, String part) {
        AtomicReference<String> last = new AtomicReference<>("");
        waits("'" + css + "' says '" + part + "'", last, () -> {
            last.set(String.valueOf(run(
                    "const e = document.querySelector(arguments[0]); return e ? e.value || e.textContent : ''", css)));
            return last.get().contains(part) ? last : null;
        });
        return this;
    }

    /** Waits until a script, the body of a function, returns true. */
    Chromium until(String what, String script, Object... arguments) {
        waits(what, () -> Boolean.TRUE.equals(run(script, arguments)) ? this : null);
        return this;
    }

    /** Runs the body of a function in the page. */
    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** The same, for one that calls its last argument when it is through. */
    Object runLong(String script, Object... arguments) {
        driver.manage().timeouts().scriptTimeout(BOUND);
        return driver.executeAsyncScript(script, arguments);
    }

    /** Asks the browser itself, over its own protocol. */
    Map<String, Object> ask(String command, Map<String, Object> parameters) {
        return driver.executeCdpCommand(command, parameters);
    }

    /** What is in the address bar. */
    String address() {
        return String.valueOf(driver.getCurrentUrl());
    }

    /** Fails unless axe-core finds the page usable for everybody (WCAG 2.2, level AA, and its best practices). */
    Chromium accessible(String what) {
        Results results = new AxeBuilder().analyze(driver);
        StringBuilder found = new StringBuilder();
        for (Rule rule : results.getViolations()) {
            found.append(rule.getId()).append(": ").append(rule.getHelp()).append('\n');
            rule.getNodes()
                    .forEach(node -> found.append("    ").append(node.getHtml()).append('\n'));
        }
        assertEquals("", found.toString(), what);
        return this;
    }

    /** Fails if the page is wider than its window: on a phone nobody wants to scroll sideways. */
    Chromium fits() {
        assertEquals(
                "",
                run("const wide = document.documentElement.scrollWidth - innerWidth;"
                        + "return wide <= 0 ? '' : wide + ' px wider than the window: '"
                        + " + [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)"
                        + ".slice(0, 5).map(e => e.tagName + '#' + e.id + '.' + e.className).join(', ')"));
        return this;
    }

    /** Keeps a picture of the page under {@code target/pictures}, for whoever wants to look. */
    Chromium picture(String name) throws IOException {
        Files.createDirectories(PICTURES);
        Files.write(PICTURES.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        return this;
    }

    /** What the console has said as an error since the last time, but for those with that in them. */
    List<String> errors(String but) {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .map(LogEntry::getMessage)
                .filter(text -> but.isEmpty() || !text.contains(but))
                .toList();
    }

    /** Fails if the console has errors: a script that threw, or a breach of the page's policy. */
    void noErrors() {
        assertEquals(List.of(), errors(""), "errors in the console");
    }

    @Override
    public void close() {
        driver.quit();
    }

    private <T> T waits(String what, Supplier<T> condition) {
        return waits(what, new AtomicReference<>(""), condition);
    }

    private <T> T waits(String what, AtomicReference<String> last, Supplier<T> condition) {
        return new WebDriverWait(driver, BOUND, LOOK)
                .ignoring(org.openqa.selenium.StaleElementReferenceException.class)
                .withMessage(() ->
                        what + (last.get().isEmpty() ? "" : ", not '" + last.get() + "'") + "; console: " + errors(""))
                .until(any -> condition.get());
    }

    private static boolean installed(String program) {
        return Files.isExecutable(path(program));
    }

    private static Path path(String program) {
        for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return Path.of(folder, program);
            }
        }
        return Path.of(program);
    }
}
