import assert from 'node:assert/strict';
import { it } from 'node:test';
import { goods } from '../../../batch/demo/site/shop/goods.ts';
import { Orders } from '../../../batch/demo/site/shop/orders.ts';
import { orderPage } from '../../../batch/demo/site/shop/pages.ts';

it('an order of the example shop thanks for its own charge alone, not for any that is captured', () => {
  const order = new Orders().open(goods[0]!);
  order.chargeId = 'ch_1';
  const shown = (state: 'captured' | 'paid' | 'expired') => JSON.stringify(orderPage({ order, state }, 'en'));
  assert.match(shown('paid'), /Your payment is confirmed/);
  for (const state of ['captured', 'expired'] as const) assert.doesNotMatch(shown(state), /confirmed/);
  assert.match(shown('captured'), /No such order/);
});
