import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createApiWorld, type ApiWorld } from '../support/api-world.ts';

interface Body {
  readonly id?: string;
  readonly consent?: string;
  readonly code?: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly pointer: string; readonly message: string }[];
  readonly items?: readonly { readonly id: string }[];
}

const bare = (id: string) => id.slice(3);
const use = (of: string) => ({ consent: of, amount: 300, tax_code: 'standard', description: '楽曲1曲' });

describe('an identifier in a request', () => {
  let world: ApiWorld;
  let consent: string;
  let charge: string;
  before(async () => {
    world = await createApiWorld();
    consent = world.consent;
    charge = String((await world.api.post<Body>('/v1/usage-charges', use(consent))).body.id);
  });
  after(() => world.close());

  it('is taken without its prefix in a path, a body and a cursor; answers write the prefix', async () => {
    const read = await world.api.get<Body>(`/v1/charges/${bare(charge)}`);
    assert.deepEqual([read.status, read.body.id], [200, charge]);
    const used = await world.api.post<Body>('/v1/usage-charges', use(bare(consent)));
    assert.deepEqual([used.status, used.body.consent], [201, consent]);
    const newer = String(used.body.id);
    const page = await world.api.get<Body>(`/v1/charges?after=${bare(newer)}`);
    assert.ok(page.body.items?.some(({ id }) => id === charge));
  });

  it('of another kind is refused, and named', async () => {
    const read = await world.api.get<Body>(`/v1/charges/${consent}`);
    assert.deepEqual([read.status, read.body.code], [404, 'charge-not-found']);
    assert.equal(read.body.detail, `The identifier must be a charge, ch_…; ${consent} names a consent.`);
    const used = await world.api.post<Body>('/v1/usage-charges', use(charge));
    assert.equal(used.status, 400);
    assert.deepEqual(used.body.errors, [
      {
        pointer: '/consent',
        message: `must be the identifier of a consent: cs_ and 26 characters, or these alone; ${charge} is that of a charge`,
      },
    ]);
  });
});
