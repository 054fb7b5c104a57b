import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { addOutcome } from '../../../src/portal/checkout/return-address.rules.ts';

const outcome = { tabane_id: 'ch_1', tabane_state: 'declined' };
const OURS = 'tabane_id=ch_1&tabane_state=declined';
const back = (query: string) => addOutcome(`https://shop.example/thanks${query}`, outcome);

describe('return address with the outcome', () => {
  for (const name of [
    'tabane_state',
    'tabane%5Fstate',
    'tabane%5fstate',
    '%74%61%62%61%6e%65%5f%73%74%61%74%65',
    'tabane%255Fstate',
    'tabane%25255Fstate',
    'TABANE_STATE',
    'Tabane_State',
    'TABANE%5FSTATE',
    'tabane+state',
    'tabane%20state',
    'tabane.state',
    'tabane%2Estate',
    '+tabane_state',
    '%20%09tabane_state',
    'tabane_state+',
    'tabane_state%00',
    'tabane_state%00x',
    'tabane_state[]',
    'tabane_state%5B%5D',
    'tabane_state[0]',
    'tabane[state',
    'tabane_id',
    'tabane%5Fid',
  ]) {
    it(`does not keep ${name} of its own`, () => {
      for (const query of [`?${name}=captured`, `?${name}`, `?${name}=a&${name}=b`, `?${name}=a=b`]) {
        assert.equal(back(query), `https://shop.example/thanks?${OURS}`, query);
      }
      for (const query of [
        `?order=7&${name}=captured`,
        `?order=7;${name}=captured`,
        `?${name}=captured;order=7`,
      ]) {
        assert.equal(back(query), `https://shop.example/thanks?order=7&${OURS}`, query);
      }
      assert.equal(back(`#${name}=captured`), `https://shop.example/thanks?${OURS}`, 'fragment');
      assert.equal(
        back(`#/done?order=7&${name}=captured`),
        `https://shop.example/thanks?${OURS}#/done?order=7`,
      );
    });
  }

  for (const kept of [
    'tabane',
    'tabane_',
    'tabane_identity=1',
    'tabane_state_of_mind=1',
    'xtabane_state=1',
    'tabanestate=1',
    'tabane-state=1',
    'a=tabane_state=captured',
    'q=%82%a0&a=b+c%20d&empty=&flag',
    'a&&b&',
    'a;b;;c',
    'sig=%2B%2f%3D',
    '%=1&%zz=2&%e3%81=3',
    'a[]=1&a[]=2',
  ]) {
    it(`keeps ${kept} byte for byte`, () => {
      assert.equal(back(`?${kept}`), `https://shop.example/thanks?${kept}&${OURS}`);
      assert.equal(back(`?${kept}#part&&x`), `https://shop.example/thanks?${kept}&${OURS}#part&&x`);
    });
  }

  it('has each of ours once, as any reader decodes it, whatever the company’s address brings', () => {
    const piece = fc.oneof(
      fc.stringMatching(/^[a-z%0-9+;=&[\]._]{0,20}$/),
      fc.constantFrom('tabane_state', 'tabane%5Fid', '&', ';', '=', '+', '%00', 'TABANE_ID'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const { searchParams } = new URL(back(`?${pieces.join('')}`));
        for (const [name, value] of Object.entries(outcome)) {
          const found = [...searchParams].filter(([one]) => one.toLowerCase() === name);
          assert.deepEqual(found, [[name, value]]);
        }
      }),
    );
  });
});
