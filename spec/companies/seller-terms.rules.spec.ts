import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  readSellerTerms,
  type ServiceTerms,
  type StoredTerms,
} from '../../src/companies/seller-terms.rules.ts';
import { serviceTerms } from '../support/service-terms.ts';

test('the last page before a purchase shows the terms of the seller in the language of the page', () => {
  const { sellerTelephone: telephone, contactEmail: contact } = serviceTerms;
  assert.deepEqual(readSellerTerms(serviceTerms, 'ja'), {
    delivery: serviceTerms.delivery,
    cancellation: serviceTerms.cancellation,
    address: serviceTerms.sellerAddress,
    telephone,
    contact,
  });
  assert.deepEqual(readSellerTerms(serviceTerms, 'en'), {
    delivery: serviceTerms.deliveryEn,
    cancellation: serviceTerms.cancellationEn,
    address: serviceTerms.sellerAddressEn,
    telephone,
    contact,
  });
});

test('a service without its texts has no terms to show', () => {
  const keys = Object.keys(serviceTerms) as (keyof ServiceTerms)[];
  const none = Object.fromEntries(keys.map((key) => [key, null])) as unknown as StoredTerms;
  assert.equal(readSellerTerms(none, 'ja'), undefined);
  assert.equal(readSellerTerms({ ...serviceTerms, delivery: null }, 'ja'), undefined);
});
