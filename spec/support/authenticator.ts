import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';

/** Flags of authenticator data (WebAuthn, 6.1). */
const [PRESENT, VERIFIED, MAY_SYNC, SYNCED, HAS_KEY] = [0x01, 0x04, 0x08, 0x10, 0x40] as const;

/** How an authenticator behaves; a sound one by default. */
export interface Behaviour {
  /** The origin of the page that asks. */
  readonly origin?: string;
  /** Whether the person was verified, by a PIN or a finger. */
  readonly verifies?: boolean;
  /** The number of uses that it reports. */
  readonly counter?: number;
}

/** An authenticator in software: one ES256 key, synced unless it counts. */
export class Authenticator {
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly #id = randomBytes(32);
  readonly #origin: string;
  readonly #isSynced: boolean;

  constructor(origin: string, { isSynced = true }: { readonly isSynced?: boolean } = {}) {
    this.#origin = origin;
    this.#isSynced = isSynced;
  }

  get credentialId(): string {
    return this.#id.toString('base64url');
  }

  /** As `navigator.credentials.create` answers. */
  create({ challenge }: { readonly challenge: string }, behaviour: Behaviour = {}): RegistrationResponseJSON {
    const length = Buffer.from([0, this.#id.length]);
    const key = Buffer.concat([Buffer.alloc(16), length, this.#id, this.#coseKey()]);
    const data = this.#authenticatorData(behaviour, key);
    const attestation = Buffer.concat([
      Buffer.from([0xa3, 0x63]),
      Buffer.from('fmt'),
      Buffer.from([0x64]),
      Buffer.from('none'),
      Buffer.from([0x67]),
      Buffer.from('attStmt'),
      Buffer.from([0xa0, 0x68]),
      Buffer.from('authData'),
      Buffer.from([0x58, data.length]),
      data,
    ]);
    const client = this.#clientData('webauthn.create', challenge, behaviour);
    return {
      ...this.#names(),
      response: {
        clientDataJSON: client.toString('base64url'),
        attestationObject: attestation.toString('base64url'),
        transports: ['internal', 'hybrid'],
      },
    };
  }

  /** As `navigator.credentials.get` answers. */
  get({ challenge }: { readonly challenge: string }, behaviour: Behaviour = {}): AuthenticationResponseJSON {
    const data = this.#authenticatorData(behaviour);
    const client = this.#clientData('webauthn.get', challenge, behaviour);
    const signed = Buffer.concat([data, createHash('sha256').update(client).digest()]);
    return {
      ...this.#names(),
      response: {
        clientDataJSON: client.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: sign('sha256', signed, this.#keys.privateKey).toString('base64url'),
      },
    };
  }

  #names() {
    const id = this.credentialId;
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {} } as const;
  }

  #clientData(type: string, challenge: string, { origin = this.#origin }: Behaviour): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  }

  #authenticatorData({ verifies = true, counter = 0 }: Behaviour, key?: Buffer): Buffer {
    const site = createHash('sha256').update(new URL(this.#origin).hostname).digest();
    const sync = this.#isSynced ? MAY_SYNC | SYNCED : 0;
    const flags = PRESENT | (verifies ? VERIFIED : 0) | sync | (key ? HAS_KEY : 0);
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([site, Buffer.from([flags]), count, key ?? Buffer.alloc(0)]);
  }

  /** COSE: EC2, ES256, P-256, x, y. */
  #coseKey(): Buffer {
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' });
    return Buffer.concat([
      Buffer.from('a501020326200121', 'hex'),
      Buffer.from('5820', 'hex'),
      Buffer.from(x, 'base64url'),
      Buffer.from('225820', 'hex'),
      Buffer.from(y, 'base64url'),
    ]);
  }
}
