package dev.hearsay.web;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomNode;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** The project's documents, written in Markdown, as pages of the site: {@code docs/lab.md} is {@code docs/lab.html}. */
final class Manual {
    private static final String SOURCE = ".md";
    private static final String PAGE = ".html";
    private static final List<Extension> EXTENSIONS =
            List.of(TablesExtension.create(), HeadingAnchorExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .escapeHtml(true)
            .sanitizeUrls(true)
            .attributeProviderFactory(context -> (node, tag, attributes) -> reachable(node, tag, attributes))
            .build();

    private Manual() {}

    /** The path of the page that shows a document. */
    static String pageOf(String source) {
        return source.substring(0, source.length() - SOURCE.length()) + PAGE;
    }

    /** Whether a resource is a document, and no file that is served as it is. */
    static boolean isSource(String resource) {
        return resource.endsWith(SOURCE);
    }

    /**
     * A document as a page.
     *
     * @param path of the page in the site
     * @param pages of all files of the site: a link to anything else in the repository becomes plain text
     */
    static String page(String path, String markdown, Collection<String> pages) {
        Node document = PARSER.parse(markdown);
        document.accept(new Links(path, pages));
        String root = "../".repeat((int) path.chars().filter(c -> c == '/').count());
        return """
                <!doctype html>
                <html lang="en">
                <head>
                  <meta charset="utf-8">
                  <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'">
                  <meta name="viewport" content="width=device-width, initial-scale=1">
                  <title>%2$s · Hearsay</title>
                  <link rel="icon" href="data:,">
                  <link rel="stylesheet" href="%1$scommon/base.css">
                  <link rel="stylesheet" href="%1$scommon/document.css">
                  <script type="module" src="%1$scommon/theme.js"></script>
                </head>
                <body>
                  <a class="skip" href="#document">To the text</a>
                  <header class="bar">
                    <div>
                      <a class="brand" href="%1$sindex.html">Hearsay</a>
                      <nav aria-label="Pages">
                        <a href="%1$sindex.html">Explainer</a>
                        <a href="%1$slab.html">Lab</a>
                        <a href="%1$sdocs/README.html">Documents</a>
                      </nav>
                    </div>
                  </header>
                  <main class="document" id="document" tabindex="-1">
                %3$s  </main>
                </body>
                </html>
                """.formatted(root, escaped(title(document, path)), RENDERER.render(document));
    }

    /** What is wider than a phone scrolls by itself, for the keyboard, too; and links are ours, to be followed by anybody. */
    private static void reachable(Node node, String tag, Map<String, String> attributes) {
        attributes.remove("rel");
        boolean code = tag.equals("pre") && (node instanceof FencedCodeBlock || node instanceof IndentedCodeBlock);
        if (code || node instanceof TableBlock) {
            attributes.put("tabindex", "0");
        }
    }

    private static String title(Node document, String path) {
        for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof Heading) {
                StringBuilder text = new StringBuilder();
                node.accept(new AbstractVisitor() {
                    @Override
                    public void visit(Text part) {
                        text.append(part.getLiteral());
                    }

                    @Override
                    public void visit(Code part) {
                        text.append(part.getLiteral());
                    }
                });
                return text.toString();
            }
        }
        return path;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Links lead to pages instead of sources, and nowhere where the site ends. */
    private static final class Links extends AbstractVisitor {
        private final String path;
        private final TreeSet<String> pages;

        private Links(String path, Collection<String> pages) {
            this.path = path;
            this.pages = new TreeSet<>(pages);
        }

        @Override
        public void visit(Link link) {
            visitChildren(link);
            String[] parts = link.getDestination().split("#", 2);
            String to = parts[0];
            if (to.isEmpty() || to.contains(":")) {
                return;
            }
            if (to.endsWith(SOURCE) && pages.contains(resolved(pageOf(to)))) {
                link.setDestination(pageOf(to) + (parts.length > 1 ? "#" + parts[1] : ""));
            } else if (!pages.contains(resolved(to))) {
                while (link.getFirstChild() != null) {
                    link.insertBefore(link.getFirstChild());
                }
                link.unlink();
            }
        }

        /** A heading without words would be read out as one: above the first column there often are none. */
        @Override
        public void visit(CustomNode node) {
            visitChildren(node);
            if (node instanceof TableCell cell && cell.isHeader() && cell.getFirstChild() == null) {
                cell.setHeader(false);
            }
        }

        private String resolved(String to) {
            return java.nio.file.Path.of("/" + path)
                    .resolveSibling(to)
                    .normalize()
                    .toString()
                    .substring(1)
                    .replace('\\', '/');
        }
    }
}
