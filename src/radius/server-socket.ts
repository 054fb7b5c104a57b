import assert from 'node:assert/strict';
import type { Buffer } from 'node:buffer';
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { parseAddress, sameAddress, type Address } from '../shared/ip-address.rules.ts';
import { encodeCallCheck, type CallCheck } from './call-check.ts';
import { findContradiction } from './contradiction.rules.ts';
import { Exchange, type ExchangeOutcome, type ExchangeTerms } from './exchange.ts';
import { Identifiers } from './identifiers.ts';
import { readPacket, type Packet } from './packet.ts';
import type { DropReason } from './server-stats.ts';
import { verifyReply, type AccessAnswer } from './verify-reply.ts';

/** One AAA server, its address already parsed. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  readonly secret: string;
  readonly address: Address;
}

/** One UDP socket to one server, for 256 exchanges at a time: an identifier is a single byte. */
export class ServerSocket {
  readonly #server: ServerAddress;
  readonly #terms: ExchangeTerms;
  readonly #socket: Socket;
  readonly #identifiers: Identifiers;
  readonly #exchanges = new Map<number, Exchange>();

  constructor(server: ServerAddress, terms: ExchangeTerms, onBroken: (socket: ServerSocket) => void) {
    this.#server = server;
    this.#terms = terms;
    this.#identifiers = new Identifiers(terms.quarantineMs);
    this.#socket = createSocket({ type: server.address.family === 4 ? 'udp4' : 'udp6' });
    this.#socket.on('message', (datagram, from) => this.#receive(datagram, from));
    this.#socket.on('error', () => onBroken(this));
    this.#socket.bind();
  }

  /** Sends the question to the server; undefined if this socket has no free identifier. */
  ask(check: CallCheck, budgetMs: number): Promise<ExchangeOutcome> | undefined {
    const { timers } = this.#terms;
    const identifier = this.#identifiers.take(timers.nowMs());
    if (identifier === undefined) return undefined;
    return new Promise((resolve) => {
      const settled = (outcome: ExchangeOutcome): void => {
        this.#exchanges.delete(identifier);
        if (isReply(outcome)) this.#identifiers.release(identifier);
        else this.#identifiers.quarantine(identifier, timers.nowMs());
        resolve(outcome);
      };
      const datagram = encodeCallCheck(check, { identifier, secret: this.#server.secret });
      const send = (bytes: Buffer): void => this.#send(bytes);
      const exchange = new Exchange(this.#terms, { datagram, budgetMs, send, settled });
      this.#exchanges.set(identifier, exchange);
      exchange.transmit();
    });
  }

  #send(datagram: Buffer): void {
    const { host, port } = this.#server;
    // A datagram that cannot be sent counts as lost: retransmission covers both.
    this.#socket.send(datagram, port, host, (error) => {
      if (error) this.#terms.stats.sendFailures += 1;
    });
  }

  /** Drops a bad datagram silently and keeps waiting: answering it, or ending, would help a forger. */
  #receive(datagram: Buffer, from: RemoteInfo): void {
    const reason = this.#match(datagram, from);
    if (reason) this.#terms.stats.droppedReplies[reason] += 1;
  }

  #match(datagram: Buffer, from: RemoteInfo): DropReason | undefined {
    if (!this.#isFromServer(from)) return 'source';
    const reading = readPacket(datagram);
    if (reading.kind === 'malformed') return reading.reason;
    const exchange = this.#exchanges.get(reading.packet.identifier);
    if (!exchange) return 'identifier';
    const { secret } = this.#server;
    const verdict = verifyReply(reading.packet, { request: exchange.datagram, secret });
    if (verdict.kind === 'dropped') return verdict.reason;
    exchange.settle(concludeReply(verdict.answer, { reply: reading.packet, datagram: exchange.datagram }));
    return undefined;
  }

  #isFromServer(from: RemoteInfo): boolean {
    const address = parseAddress(from.address);
    return from.port === this.#server.port && !!address && sameAddress(address, this.#server.address);
  }

  /** Ends every exchange with `kind` and closes the socket. */
  async close(kind: 'broken' | 'closed'): Promise<void> {
    for (const exchange of this.#exchanges.values()) exchange.settle({ kind });
    await new Promise<void>((resolve) => {
      this.#socket.close(() => resolve());
    });
  }
}

function isReply({ kind }: ExchangeOutcome): boolean {
  return kind === 'answered' || kind === 'contradicted';
}

/** An Accept for another line, service or address than was asked about proves nothing. */
function concludeReply(
  answer: AccessAnswer,
  { reply, datagram }: { readonly reply: Packet; readonly datagram: Buffer },
): ExchangeOutcome {
  if (answer !== 'accept') return { kind: 'answered', answer };
  const question = readPacket(datagram);
  assert(question.kind === 'packet', 'a question of our own is well-formed');
  const attribute = findContradiction(reply, question.packet);
  return attribute ? { kind: 'contradicted', attribute } : { kind: 'answered', answer };
}
