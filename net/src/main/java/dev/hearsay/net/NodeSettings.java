package dev.hearsay.net;

import dev.hearsay.api.Admission;
import dev.hearsay.api.Delegate;
import dev.hearsay.api.KeyringStore;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Config;
import dev.hearsay.core.SerfConfig;
import dev.hearsay.core.Versions;
import dev.hearsay.core.membership.AdmissionRules;
import dev.hearsay.wire.WireConfig;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What a node is started with; see {@link dev.hearsay.Hearsay.Builder} for the meaning and the defaults.
 *
 * @param advertiseHost null: follows from what is bound
 * @param advertisePort 0: the bound one
 * @param executor for callbacks; null: the runtime's
 * @param runtime null: the one all nodes of the JVM share
 * @param incarnation 0: from the wall clock
 * @param delegate the application, in a cluster on bare memberlist; null if Serf is above
 * @param rules who may become a member
 * @param admission the application's say in that; null: none
 * @param serf limits of Serf's layer; of no meaning without Serf
 * @param keyringStore where changed keys go; null: nowhere
 * @param snapshotFile where members and clocks are remembered; null: nowhere
 * @param rejoinAfterLeave whether to join those members again after a leave, too
 * @param state how state is shared; of no meaning without Serf
 */
public record NodeSettings(
        String name,
        String bindHost,
        int bindPort,
        @Nullable String advertiseHost,
        int advertisePort,
        Bytes meta,
        Config config,
        WireConfig wire,
        Versions versions,
        long incarnation,
        @Nullable Executor executor,
        @Nullable HearsayRuntime runtime,
        @Nullable Delegate delegate,
        AdmissionRules rules,
        @Nullable Admission admission,
        SerfConfig serf,
        @Nullable KeyringStore keyringStore,
        @Nullable Path snapshotFile,
        boolean rejoinAfterLeave,
        StateSettings state) {}
