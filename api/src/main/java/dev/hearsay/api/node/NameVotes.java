package dev.hearsay.api.node;

import dev.hearsay.api.QueryListener;
import dev.hearsay.api.QueryResult;
import dev.hearsay.core.Address;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Event;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.query.NameVote;
import dev.hearsay.core.query.Question;
import dev.hearsay.core.query.Replies;
import dev.hearsay.wire.ConflictMessages;
import dev.hearsay.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose is a name that two processes claim? Serf has the member ask all others where they know the name; it quits if most
 * that answer name another place. We believe it only with evidence, {@link NameVote}, and leave what follows to the
 * application. On the loop.
 */
final class NameVotes {
    private static final Logger log = LoggerFactory.getLogger(NameVotes.class);
    private static final String CONFLICT = Replies.INTERNAL + "conflict";

    private final NodeCluster<?> cluster;
    private final NodeLoop driver;

    NameVotes(NodeCluster<?> cluster, NodeLoop driver) {
        this.cluster = cluster;
        this.driver = driver;
    }

    /** Somebody claims a name from another address: asks the others if it is this node's. */
    void onConflict(Event.NameConflict conflict, SerfLayer serf) {
        if (!conflict.member().name().equals(cluster.name())) {
            return;
        }
        Bytes name = Bytes.adopt(cluster.name().getBytes(StandardCharsets.UTF_8));
        var unused = serf.ask(new Question(CONFLICT, name, List.of(), false, 0, 0), QueryListener.SILENT)
                .thenAccept(result -> driver.execute(() -> count(result)));
    }

    private void count(QueryResult result) {
        List<Address> said = new ArrayList<>();
        for (Bytes answer : result.answers().values()) {
            try {
                Address address = ConflictMessages.read(answer);
                if (address != null) {
                    said.add(address);
                }
            } catch (WireException e) {
                log.debug("an answer about the name '{}' cannot be read", cluster.name(), e);
            }
        }
        Member self = driver.snapshot().self();
        Address holder = NameVote.lostTo(self.address(), said, driver.snapshot().live() - 1);
        if (holder != null) {
            driver.say(new Event.NameLost(self, holder));
        }
    }

    /** Answers a query about a name; false if it is another query. Whoever has the name itself says nothing. */
    boolean answer(Incoming query) {
        if (!query.name().equals(CONFLICT)) {
            return false;
        }
        String name = new String(query.payload().toArray(), StandardCharsets.UTF_8);
        if (!name.equals(cluster.name())) {
            Bytes answer = driver.snapshot().members().stream()
                    .filter(member -> member.name().equals(name))
                    .findFirst()
                    .map(member -> ConflictMessages.answer(holder(member)))
                    .orElseGet(() -> ConflictMessages.answer(null));
            var unused = query.respond(answer.toArray());
        }
        return true;
    }

    private static ConflictMessages.Holder holder(Member member) {
        return new ConflictMessages.Holder(
                member.name(), member.address(), Events.tags(member), status(member), member.versions());
    }

    /** Serf's numbers. */
    private static int status(Member member) {
        return switch (Events.status(member)) {
            case ALIVE, SUSPECT -> 1;
            case LEAVING -> 2;
            case LEFT -> 3;
            case FAILED -> 4;
        };
    }
}
