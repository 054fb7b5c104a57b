import { streamChargesOfCompany } from '../../../charges/company-charges.queries.ts';
import { businessDateOf } from '../../../shared/calendar.rules.ts';
import { streamCsv } from '../../../shared/csv-stream.ts';
import type { Cell } from '../../../shared/csv.ts';
import { Problem } from '../../../shared/problem.ts';
import { publicId } from '../../../shared/public-id.rules.ts';
import { defineDownload } from '../../kit/define-download.ts';
import { translator } from '../../messages/translate.ts';
import { purchasesQuery, readPurchases } from './purchases-query.rules.ts';

/** The purchases of a filter as CSV, whatever their number. @throws Problem `invalid-request` where a part of the filter cannot be read */
export const purchasesCsv = defineDownload({
  name: 'company.purchases-csv',
  path: '/company/purchases.csv',
  permission: 'charges:read',
  query: purchasesQuery,
  load: (deps, { actor, query, visit: { language } }) => {
    const t = translator(language);
    const today = businessDateOf(deps.clock.now(), deps.config.timeZone);
    const { wanted, fault } = readPurchases(query, today);
    if (fault !== undefined) throw new Problem('invalid-request', { facts: { reason: 'filter', fault } });
    const charges = streamChargesOfCompany(deps, actor, wanted);
    const rows = async function* (): AsyncGenerator<readonly Cell[]> {
      for await (const row of charges)
        yield [
          publicId('charge', row.id),
          row.reference ?? '',
          row.createdAt.toISOString(),
          row.businessDate ?? '',
          row.billingPeriod ?? '',
          row.serviceCode,
          t(`company.charge.kind.${row.kind}`),
          row.description,
          t(`company.charge.state.${row.state}`),
          row.amountMinor,
          row.capturedMinor ?? '',
          row.refundedMinor,
        ];
    };
    return Promise.resolve({
      filename: `purchases-${wanted.from}-${wanted.through}.csv`,
      type: 'text/csv; charset=utf-8',
      body: streamCsv({
        head: [
          t('company.charge.number'),
          t('company.charge.reference'),
          t('company.charge.requested'),
          t('company.charge.date'),
          t('company.charge.period'),
          t('company.charge.service'),
          t('company.charge.kind'),
          t('company.charge.item'),
          t('company.charge.state'),
          t('company.charge.asked'),
          t('company.charge.captured'),
          t('company.charge.refunded'),
        ],
        rows: rows(),
        last: (count) => [t('company.csv-last', { count })],
      }),
    });
  },
});
