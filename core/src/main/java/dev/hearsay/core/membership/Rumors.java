package dev.hearsay.core.membership;

import dev.hearsay.core.Message;

/** Where membership hands over what the others must hear. Dissemination is behind it. */
public interface Rumors {

    /** Spreads news about a member; it replaces older news about the same member. */
    void spread(Message.News news);

    /** Spreads news that many others are spreading at the same time: only as often as in the smallest cluster. */
    void spreadBriefly(Message.News news);

    /** Spreads an intent about a member; it replaces older intents about the same member. */
    void spreadIntent(String node, Message.Upper intent);

    /** Spreads what Serf's layer says to everybody beside intents: an event or a query. */
    void spreadUpper(Message.Upper message);
}
