package dev.hearsay.agent.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Serf's grammar of event handlers. */
class HandlerSpecTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.sh|member-join||true",
                "=a.sh|query|load|true",
                "*=a.sh|user|x|true",
                "member-join=a.sh|member-join||true",
                "member-join=a.sh|member-leave||false",
                "member-join,member-leave=a.sh|member-leave||true",
                "user=a.sh|user|deploy|true",
                "user:=a.sh|user|deploy|true",
                "user:deploy=a.sh|user|deploy|true",
                "user:deploy=a.sh|user|deploy2|false",
                "user:deploy=a.sh|query|deploy|false",
                "query:load,user:deploy=a.sh|query|load|true",
                "query:load,user:deploy=a.sh|user|load|false",
                "user:a b=a.sh|user|a b|true",
                "member-reap,member-update,member-failed=a.sh|member-failed||true",
            })
    void aScriptHearsWhatItsFilterSays(String spec, String kind, String name, boolean hears) {
        assertEquals(hears, HandlerSpec.parse(spec).hears(kind, name == null ? "" : name));
    }

    @Test
    void everythingBehindTheFirstEqualsSignIsTheScript() {
        assertEquals("A=b ./x --y=z", HandlerSpec.parse("user=A=b ./x --y=z").script());
        assertEquals("./x y", HandlerSpec.parse("./x y").script());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "bogus=x.sh|Invalid event script: Event 'bogus' invoking 'x.sh'",
                "member-join,=x.sh|Invalid event script: Event '' invoking 'x.sh'",
                "member-join, user=x.sh|Invalid event script: Event ' user' invoking 'x.sh'",
                "x.sh --a=b|Invalid event script: Event 'x.sh --a' invoking 'b'",
            })
    void aBadFilterIsRefusedInSerfsWords(String spec, String words) {
        assertEquals(
                words,
                assertThrows(IllegalArgumentException.class, () -> HandlerSpec.parse(spec))
                        .getMessage());
    }
}
