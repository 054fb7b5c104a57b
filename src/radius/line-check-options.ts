import assert from 'node:assert/strict';
import { parseAddress } from '../shared/ip-address.rules.ts';
import { isAttributeText } from './call-check.ts';
import type { LineCheckTerms } from './exchange.ts';
import { IDENTIFIERS_PER_SOCKET } from './identifiers.ts';
import { assertRetransmission, defaultRetransmission, type Retransmission } from './retransmission.rules.ts';
import type { ServerAddress } from './server-socket.ts';
import { systemTimers, type Timers } from './timers.ts';

export interface RadiusServer {
  /** An IP address, not a name: the source of a reply is compared with it, and a secret belongs to an address. */
  readonly host: string;
  readonly port: number;
  readonly secret: string;
}

export interface LineCheckOptions {
  /** In the order in which they are asked. */
  readonly servers: readonly RadiusServer[];
  /** NAS-Identifier of this service. */
  readonly nasIdentifier: string;
  readonly retransmission?: Partial<Retransmission>;
  /** Concurrent checks; one more is `overloaded`. */
  readonly maxPending?: number;
  /** How long the identifier of a request without a reply rests. */
  readonly quarantineMs?: number;
  /** How long a silent server is asked after the others. */
  readonly silentRestMs?: number;
  /** Yields [0, 1); for the jitter of retransmissions only. */
  readonly random?: () => number;
  readonly timers?: Timers;
}

/** The validated options, with every default filled in. */
export interface LineCheckPlan {
  readonly servers: readonly ServerAddress[];
  readonly nasIdentifier: string;
  readonly maxPending: number;
  readonly maxSocketsPerServer: number;
  readonly silentRestMs: number;
  readonly terms: LineCheckTerms;
}

/** Throws for options that can never work, so that a wrong configuration fails at the start. */
export function readOptions(options: LineCheckOptions): LineCheckPlan {
  const { nasIdentifier, maxPending = 2_048 } = options;
  assert(isAttributeText(nasIdentifier), 'RADIUS: the NAS identifier must be 1 to 253 printable characters');
  assert(
    Number.isInteger(maxPending) && maxPending > 0,
    'RADIUS: maxPending must be a whole number above zero',
  );
  const retransmission = { ...defaultRetransmission, ...options.retransmission };
  assertRetransmission(retransmission);
  return {
    servers: options.servers.map(readServer),
    nasIdentifier,
    maxPending,
    // Twice what pending checks need: resting identifiers occupy sockets too.
    maxSocketsPerServer: 2 * Math.ceil(maxPending / IDENTIFIERS_PER_SOCKET),
    silentRestMs: options.silentRestMs ?? 30_000,
    terms: {
      retransmission,
      quarantineMs: options.quarantineMs ?? 5_000,
      random: options.random ?? Math.random,
      timers: options.timers ?? systemTimers,
    },
  };
}

function readServer(server: RadiusServer): ServerAddress {
  const address = parseAddress(server.host);
  assert(address, `RADIUS: a server must be given by its IP address, not as "${server.host}"`);
  const isPort = Number.isInteger(server.port) && server.port > 0 && server.port < 65_536;
  assert(isPort, `RADIUS: ${server.port} is not a port`);
  assert(server.secret.length > 0, 'RADIUS: a server needs a shared secret');
  return { ...server, address };
}
