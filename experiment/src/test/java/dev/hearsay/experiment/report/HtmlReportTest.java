package dev.hearsay.experiment.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hearsay.experiment.run.RunResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
    @Test
    void thePageAsksNobodyForAnything() throws IOException {
        String page = page(SampleRun.rackLoss());
        String markup = page.replaceAll("(?s)<script[^>]*>.*?</script>|<style>.*?</style>|<!--.*?-->", "");
        Matcher addresses = Pattern.compile("(?:src|href|action|srcset|poster)=\"([^\"]*)\"")
                .matcher(markup);
        while (addresses.find()) {
            assertTrue(addresses.group(1).matches("#[a-z0-9-]*|data:,"), addresses.group());
        }
        assertFalse(markup.contains("style=\"") || markup.matches("(?s).*\\son[a-z]+=.*"), "the policy forbids both");
        assertFalse(part(page, "<style>", "</style>").contains("url("), "nor does the style");
    }

    @Test
    void thePolicyAllowsTheScriptsAndTheStyleOfThePageAndNoOthers() throws Exception {
        String page = page(SampleRun.rackLoss());
        String policy = part(page, "Content-Security-Policy\" content=\"", "\"");
        assertTrue(policy.startsWith("default-src 'none'; "), policy);
        List<String> own = List.of(
                part(page, "<style>", "</style>"),
                part(page, "<script>", "</script>"),
                part(page, "<script type=\"module\">", "</script>"));
        for (String each : own) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(each.getBytes(StandardCharsets.UTF_8));
            assertTrue(policy.contains("'sha256-" + Base64.getEncoder().encodeToString(digest) + "'"), policy);
        }
        assertFalse(policy.contains("unsafe"), policy);
        assertEquals(own.size(), policy.split("sha256-", -1).length - 1);
    }

    @Test
    void whatAScenarioSaysCannotBecomePartOfThePage() throws IOException {
        String page = page(SampleRun.broken());
        assertFalse(page.contains("<b>alone"), "the name is escaped");
        assertTrue(page.contains("<h1>one &lt;b&gt;alone&lt;/b&gt;</h1>"));
        String story = page(SampleRun.rackLoss());
        assertFalse(story.contains("</script><b>"), "the text is escaped");
        assertTrue(story.contains("&lt;/script&gt;&lt;b&gt;&amp;amp;"));
    }

    @Test
    void dataForTheScriptIsJsonThatCannotEndItsElement() throws IOException {
        String page = page(SampleRun.hostile());
        String data = part(page, "id=\"data\">", "</script>");
        assertFalse(data.contains("<") || data.contains(">"), data);
        JsonNode read = new ObjectMapper().readTree(data);
        assertEquals("</script><!-- {{data}}", read.at("/faults/0/text").asText());
        assertTrue(read.at("/plots/1/lines/0/y/1").isNull(), "JSON has no NaN: a gap");
    }

    @Test
    void eachSeriesIsDrawnWhateverItsName() throws IOException {
        JsonNode plots = new ObjectMapper()
                .readTree(part(page(SampleRun.rackLoss()), "id=\"data\">", "</script>"))
                .get("plots");
        List<String> lines = StreamSupport.stream(plots.spliterator(), false)
                .flatMap(plot -> StreamSupport.stream(plot.get("lines").spliterator(), false))
                .map(line -> line.get("name").asText())
                .toList();
        assertTrue(lines.containsAll(SampleRun.rackLoss().series().keySet()), lines.toString());
        assertTrue(lines.containsAll(SampleRun.rackLoss().samples().keySet()), lines.toString());
    }

    @Test
    void aLongSeriesIsThinnedAndKeepsItsPeaks() {
        RunResult result = SampleRun.hostile();
        Plot.Line line = Plots.series(result).get(0).lines().get(0);
        assertTrue(line.x().size() <= Plot.MOST_POINTS, line.x().size() + " points");
        assertTrue(line.y().contains(SampleRun.PEAK), "the one high value");
        assertEquals(line.x().stream().sorted().toList(), line.x());
    }

    @Test
    void whatIsMissingIsExplained() throws IOException {
        String page = page(SampleRun.broken());
        assertTrue(page.contains("An invariant broke, and the run ended there"));
        assertTrue(page.contains("n0 believes that n0 is dead"));
        for (String why : List.of(
                "The scenario expects nothing in particular",
                "Nothing could be measured in this run.",
                "The scenario sends no user events",
                "No process ended during the run",
                "The scenario writes no shared state",
                "The run ended before its first second was over.",
                "No member was watched.")) {
            assertTrue(page.contains(why), why);
        }
        assertFalse(page.contains("<figure"), "and no plot is empty");
    }

    @Test
    void theLibrarysTermsTravelWithIt() throws IOException {
        assertTrue(page(SampleRun.broken()).contains("Mike Bostock"));
    }

    private static String page(RunResult result) throws IOException {
        StringBuilder page = new StringBuilder();
        HtmlReport.write(result, page);
        return page.toString();
    }

    private static String part(String page, String from, String to) {
        int begin = page.indexOf(from) + from.length();
        return page.substring(begin, page.indexOf(to, begin));
    }
}
