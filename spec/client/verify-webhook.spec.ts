import assert from 'node:assert/strict';
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { describe, it } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { verifyWebhook, WebhookVerificationError } from '../../src/client/verify-webhook.ts';

const secret = `whsec_${Buffer.from('a secret of thirty-two bytes, ok').toString('base64')}`;
const other = `whsec_${Buffer.from('another one, as long as the first').toString('base64')}`;
const now = new Date('2026-05-10T03:00:00Z');
const body = '{"type":"charge.captured","data":{"description":"映画"}}';
const id = 'evt_1';
const timestamp = String(now.getTime() / 1_000);

const headersOf = (signature: string) => ({
  'webhook-id': id,
  'webhook-timestamp': timestamp,
  'webhook-signature': signature,
});
const hmac = (key: string) => new Webhook(key).sign(id, now, body);
const refused = (promise: Promise<unknown>) => assert.rejects(promise, WebhookVerificationError);

describe('verification of a webhook by the client', () => {
  it('accepts what the published library signs, by any of the keys and in any kind of headers', async () => {
    const event = JSON.parse(body) as unknown;
    const headers = headersOf(hmac(secret));
    assert.deepEqual(await verifyWebhook(body, headers, secret, { now }), event);
    assert.deepEqual(
      await verifyWebhook(Buffer.from(body), new Headers(headers), [other, secret], { now }),
      event,
    );
    const both = headersOf(`v1,${Buffer.alloc(32).toString('base64')} ${hmac(secret)}`);
    assert.deepEqual(await verifyWebhook(body, both, secret, { now }), event);
  });

  it('accepts a signature by an ed25519 key', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const raw = rawOf(publicKey);
    const signature = sign(null, Buffer.from(`${id}.${timestamp}.${body}`), privateKey).toString('base64');
    const key = `whpk_${raw.toString('base64')}`;
    assert.deepEqual(
      await verifyWebhook(body, headersOf(`v1a,${signature}`), key, { now }),
      JSON.parse(body),
    );
    await refused(verifyWebhook(`${body} `, headersOf(`v1a,${signature}`), key, { now }));
    // A signature of one kind is not taken for one of the other.
    await refused(verifyWebhook(body, headersOf(`v1,${signature}`), key, { now }));
  });

  it('refuses another body, identifier, time or key', async () => {
    const headers = headersOf(hmac(secret));
    await refused(verifyWebhook(body.replace('映', '絵'), headers, secret, { now }));
    await refused(verifyWebhook(body, { ...headers, 'webhook-id': 'evt_2' }, secret, { now }));
    await refused(
      verifyWebhook(body, { ...headers, 'webhook-timestamp': String(Number(timestamp) + 1) }, secret, {
        now,
      }),
    );
    await refused(verifyWebhook(body, headers, other, { now }));
    await refused(verifyWebhook(body, headersOf('v1,not base64!'), secret, { now }));
  });

  it('refuses what is old, or of a time to come', async () => {
    const headers = headersOf(hmac(secret));
    for (const seconds of [-301, 301])
      await refused(verifyWebhook(body, headers, secret, { now: new Date(now.getTime() + seconds * 1_000) }));
    for (const seconds of [-300, 300])
      await verifyWebhook(body, headers, secret, { now: new Date(now.getTime() + seconds * 1_000) });
  });

  it('says which header or key is missing', async () => {
    await assert.rejects(verifyWebhook(body, {}, secret), /webhook-id/);
    await assert.rejects(verifyWebhook(body, headersOf(hmac(secret)), 'secret', { now }), /whsec_/);
  });
});

function rawOf(key: KeyObject): Buffer {
  return Buffer.from(key.export({ format: 'jwk' }).x!, 'base64url');
}
