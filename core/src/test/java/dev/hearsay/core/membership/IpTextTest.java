package dev.hearsay.core.membership;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hearsay.core.Address;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sections are those of RFC 5952. */
class IpTextTest {

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 0.0.0.0",
        "10.200.0.255, 10.200.0.255",
        // As Go; 5 would allow ::ffff:10.0.0.1.
        "::ffff:10.0.0.1, 10.0.0.1",
        "::fffe:10.0.0.1, ::fffe:a00:1",
        // 4.1: no leading zeros.
        "2001:0db8:0000:0001:0001:0001:0001:0001, 2001:db8:0:1:1:1:1:1",
        // 4.2.1: as short as can be.
        "0:0:0:0:0:0:0:0, ::",
        "0:0:0:0:0:0:0:1, ::1",
        "1:0:0:0:0:0:0:0, 1::",
        "fe80:0:0:0:0:0:0:1, fe80::1",
        "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::",
        "0:0:1:2:3:4:5:6, ::1:2:3:4:5:6",
        // 4.2.2: not for one group.
        "0:1:2:3:4:5:6:7, 0:1:2:3:4:5:6:7",
        "1:2:3:0:5:6:7:0, 1:2:3:0:5:6:7:0",
        // 4.2.3: the longest run, and the first of equal ones.
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:0:0:0:1:0:0:1, 2001::1:0:0:1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "0:0:1:0:0:0:0:0, 0:0:1::",
        "0:0:1:2:3:4:0:0, ::1:2:3:4:0:0",
        "0:1:0:0:2:0:0:0, 0:1:0:0:2::",
        // 4.3: small letters.
        "ABCD:EF01:2:3:4:5:6:7, abcd:ef01:2:3:4:5:6:7",
    })
    void anAddressIsWrittenInOneWay(String ip, String text) {
        assertEquals(text, IpText.text(Objects.requireNonNull(IpText.parse(ip))));
    }

    @Property
    void whatIsWrittenIsReadAsTheSameAddress(@ForAll @Size(16) byte[] ip, @ForAll @Size(8) boolean[] zero) {
        for (int i = 0; i < ip.length; i++) {
            ip[i] = zero[i / 2] ? 0 : ip[i];
        }
        byte[] read = Objects.requireNonNull(IpText.parse(IpText.text(ip)));
        if (IpText.isMapped(ip)) {
            assertEquals(Address.of(ip, 0), Address.of(read, 0));
        } else {
            assertArrayEquals(ip, read);
        }
    }
}
