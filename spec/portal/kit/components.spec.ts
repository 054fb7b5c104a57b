import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseConfig } from '../../../config/config.ts';
import { createPortals } from '../../../src/portal/portals.ts';

const development = parseConfig({});
const namesOf = (config: typeof development) => createPortals(config).map(({ name }) => name);

describe('the page of all components', () => {
  it('is there in development', () => {
    assert.ok(namesOf(development).includes('components'));
  });

  it('is not there in production, where every other portal is', () => {
    const names = namesOf({ ...development, mode: 'production' });
    assert.deepEqual(
      names,
      namesOf(development).filter((name) => name !== 'components' && name !== 'console'),
    );
  });
});
