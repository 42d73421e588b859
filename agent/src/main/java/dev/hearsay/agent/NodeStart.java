package dev.hearsay.agent;

import dev.hearsay.Hearsay;
import dev.hearsay.HearsayException;
import dev.hearsay.agent.config.AgentSettings;
import dev.hearsay.agent.state.KeyringFile;
import dev.hearsay.agent.state.TagsFile;
import dev.hearsay.api.Cluster;
import dev.hearsay.core.Versions;
import java.nio.file.Path;

/** Starts the node that an agent is to hold. */
final class NodeStart {
    private NodeStart() {}

    /**
     * Starts it.
     *
     * @throws HearsayException if an address cannot be bound, and for what else {@link Hearsay.Builder#start} throws
     */
    static Cluster start(AgentSettings settings) {
        AgentSettings.Node node = settings.node();
        AgentSettings.Files files = settings.files();
        Hearsay.Builder builder = Hearsay.builder()
                .bind(node.bind().host(), node.bind().port())
                .tags(node.tags())
                .config(node.config())
                .serf(node.serf())
                .wire(node.wire())
                .versions(versions(node.protocol()))
                .validateNames(node.validateNames());
        builder.state(settings.state().config());
        Path stateFile = settings.state().file();
        if (stateFile != null) {
            builder.stateStore(stateFile);
        }
        if (!node.allow().isEmpty()) {
            builder.allow(node.allow().toArray(new String[0]));
        }
        if (!node.name().isEmpty()) {
            builder.name(node.name());
        }
        if (!node.advertise().host().isEmpty()) {
            builder.advertise(node.advertise().host(), node.advertise().port());
        }
        if (files.keyring() != null) {
            builder.keyringStore(new KeyringFile(files.keyring()));
        }
        if (files.snapshot() != null) {
            builder.snapshotFile(files.snapshot(), files.rejoinAfterLeave());
        }
        Path tags = files.tags();
        return new AgentCluster(builder.start(), tags == null ? null : new TagsFile(tags));
    }

    private static Versions versions(int protocol) {
        Versions serf = Versions.SERF;
        return new Versions(
                serf.protocolMin(),
                serf.protocolMax(),
                serf.protocol(),
                serf.delegateMin(),
                serf.delegateMax(),
                protocol);
    }
}
