package dev.hearsay.core.membership;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.core.Address;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowListTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "10.1.2.128/25, 10.1.2.128, true",
        "10.1.2.128/25, 10.1.2.127, false",
        "192.168.0.1/32, 192.168.0.1, true",
        "192.168.0.1/32, 192.168.0.2, false",
        "0.0.0.0/0, 8.8.8.8, true",
        "0.0.0.0/0, fd00::1, false",
        "::/0, fd00::1, true",
        "::/0, 10.0.0.1, false",
        "fd00::/8, fdff:1::1, true",
        "fd00::/8, fe80::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::ffff:10.0.0.0/104, 10.9.9.9, true",
        "::ffff:10.0.0.0/104, 11.0.0.0, false",
    })
    void aNetworkContainsWhatSharesItsFirstBits(String cidr, String ip, boolean contained) throws Exception {
        assertEquals(contained, AllowList.of(List.of(cidr)).contains(address(InetAddress.getByName(ip))));
    }

    @Test
    void anIpv4AddressIsTheSameInBothWidths() {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 1, 2, 3};
        for (String cidr : List.of("10.0.0.0/8", "::ffff:10.0.0.0/104", "10.1.2.3/32")) {
            AllowList list = AllowList.of(List.of(cidr));
            assertTrue(list.contains(Address.of(mapped, 1)), cidr);
            assertTrue(list.contains(Address.ipv4(10, 1, 2, 3, 2)), cidr);
        }
        assertFalse(AllowList.of(List.of("::/0")).contains(Address.of(mapped, 1)), "as Go has it");
    }

    @Test
    void anyOneOfSeveralNetworksIsEnoughAndAnEmptyListContainsNothing() {
        AllowList two = AllowList.of(List.of("10.0.0.0/8", "192.168.0.0/16"));
        assertTrue(two.contains(Address.ipv4(192, 168, 3, 4, 0)));
        assertFalse(two.contains(Address.ipv4(172, 16, 0, 1, 0)));
        assertEquals("10.0.0.0/8,192.168.0.0/16", two.toString());
        assertFalse(AllowList.of(List.of()).contains(Address.ipv4(10, 0, 0, 1, 0)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/8",
                "10.0.0/8",
                "10.0.0.0.0/8",
                "010.0.0.0/8",
                "256.0.0.0/8",
                "10.0.0.0/33",
                "10.0.0.0/",
                "10.0.0.0/-1",
                "10.0.0.0/08",
                "10.0.0.0/8 ",
                "10.0.0.0/+8",
                "localhost/8",
                "fd00::/129",
                "fd00:::/8",
                "1:2:3:4:5:6:7:8:9/0",
                "1:2:3:4:5:6:7::8/0x",
                "::1::/8",
                "fe80::1%eth0/128",
                "12345::/16",
                ":1::/16",
                "1:2:3:4:5:6:7/16",
                "10.0.0.0::/8",
                "::10.0.0.0:1/8",
                "::ffff:0:0/90",
                "1:2:3:4:5:6:7:8::/128"
            })
    void whatIsNoNetworkIsRefusedByName(String text) {
        String error = error(text);
        assertTrue(error.startsWith("network '" + text + "' is not allowed: "), error);
    }

    @Test
    void errorsSayWhatToWriteInstead() {
        assertEquals(
                "network '10.0.0.5/8' is not allowed: must have no bits set behind the first 8: "
                        + "write 10.0.0.0/8 for the network, or 10.0.0.5/32 for one address",
                error("10.0.0.5/8"));
        assertEquals(
                "network '10.0.0.5' is not allowed: must have a number of bits: write 10.0.0.5/32 for one address",
                error("10.0.0.5"));
        assertEquals("network '::/129' is not allowed: the number of bits must be 0 to 128", error("::/129"));
    }

    @Property
    void aNetworkContainsAnAddressExactlyIfAsNumbersTheyShareTheirFirstBits(
            @ForAll("ip") byte[] network, @ForAll("ip") byte[] ip, @ForAll @IntRange(max = 128) int size)
            throws Exception {
        int most = network.length * 8;
        int bits = Math.min(size, most);
        BigInteger masked = number(network).shiftRight(most - bits).shiftLeft(most - bits);
        byte[] clean = fixed(masked, network.length);
        AllowList list = AllowList.of(List.of(Address.of(clean, 0).host() + "/" + bits));

        boolean same = ip.length == network.length
                && number(ip).shiftRight(most - bits).equals(number(clean).shiftRight(most - bits));
        assertEquals(same, list.contains(Address.of(ip, 7)));
        assertTrue(list.contains(Address.of(clean, 0)));
    }

    @Property
    void addressesAreReadAsTheJdkReadsThem(@ForAll @Size(16) byte[] bytes, @ForAll @IntRange(max = 7) int zero)
            throws UnknownHostException {
        bytes[0] |= 1;
        byte[] four = Arrays.copyOf(bytes, 4);
        assertArrayEquals(four, IpText.parse(InetAddress.getByAddress(four).getHostAddress()));
        Arrays.fill(bytes, 2 * zero, 16, (byte) 0);
        assertArrayEquals(bytes, IpText.parse(Address.of(bytes, 0).host()));
        StringBuilder head = new StringBuilder();
        for (int i = 0; i < zero; i++) {
            head.append(i == 0 ? "" : ":")
                    .append(Integer.toHexString(((bytes[2 * i] & 255) << 8) | (bytes[2 * i + 1] & 255)));
        }
        assertArrayEquals(bytes, IpText.parse(head + "::"));
    }

    @Property
    void noTextAtAllThrowsAnythingButTheRefusal(@ForAll("texts") String text) {
        assertNullOr16(IpText.parse(text));
        try {
            AllowList.of(List.of(text));
        } catch (IllegalArgumentException e) {
            assertTrue(String.valueOf(e.getMessage()).contains("'" + text + "'"));
        }
    }

    private static void assertNullOr16(byte[] ip) {
        if (ip == null || ip.length != 4) {
            assertTrue(ip == null || ip.length == 16);
        }
    }

    @Test
    void anAddressAloneHasNoZone() {
        assertNull(IpText.parse("fe80::1%1"));
    }

    @Provide
    static Arbitrary<byte[]> ip() {
        // Few different values, so that prefixes agree now and then.
        Arbitrary<Byte> few = Arbitraries.of((byte) 0, (byte) 1, (byte) -1, (byte) 0x80);
        return Arbitraries.of(4, 16)
                .flatMap(n -> few.array(byte[].class).ofSize(n))
                .filter(bytes -> bytes.length == 4 || !IpText.isMapped(bytes));
    }

    @Provide
    static Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("0129af:./%-x").ofMaxLength(24);
    }

    private static String error(String text) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> AllowList.of(List.of(text)))
                .getMessage());
    }

    private static Address address(InetAddress ip) {
        return Address.of(ip.getAddress(), 7946);
    }

    private static BigInteger number(byte[] ip) {
        return new BigInteger(1, ip);
    }

    private static byte[] fixed(BigInteger number, int length) {
        byte[] bytes = new byte[length];
        byte[] raw = number.toByteArray();
        int take = Math.min(length, raw.length);
        System.arraycopy(raw, raw.length - take, bytes, length - take, take);
        return bytes;
    }
}
