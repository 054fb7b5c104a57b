import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { apiEndpoints } from '../../../src/api-endpoints.ts';
import { fuzzApi } from './fuzz-api.ts';

/** Settlements are of months that have ended: no round has one, and the specs of their routes do. */
const OF_ENDED_MONTHS = new Set(['getSettlement', 'listSettlementLines', 'getSettlementStatement']);

describe('2,000 requests and more, drawn from the OpenAPI document', () => {
  it('are answered as the document says, malformed ones too, without a leak', async () => {
    const wanted = apiEndpoints.map(({ name }) => name).filter((name) => !OF_ENDED_MONTHS.has(name));
    const fuzz = { seed: 1, count: 2_000, wanted };
    const { requests, done, growthBytes, brokenInvariants } = await fuzzApi(fuzz);
    assert.ok(requests >= 2_000);
    assert.deepEqual(Object.keys(done).sort(), wanted.sort(), 'each succeeded at times');
    assert.deepEqual(brokenInvariants, []);
    assert.ok(growthBytes < 8 * 2 ** 20, `grew by ${growthBytes} bytes`);
  });
});
