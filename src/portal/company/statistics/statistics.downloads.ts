import type { Actor } from '../../../access/actor.ts';
import { listOwnServices } from '../../../companies/own-company.queries.ts';
import { listHoursOfCompany } from '../../../reports/hours-of-company.queries.ts';
import { streamReport } from '../../../reports/stream-report.ts';
import type { ServiceDeps } from '../../../service-deps.ts';
import { businessDateOf, monthOf } from '../../../shared/calendar.rules.ts';
import { streamCsv } from '../../../shared/csv-stream.ts';
import type { Cell } from '../../../shared/csv.ts';
import { Problem } from '../../../shared/problem.ts';
import { defineDownload } from '../../kit/define-download.ts';
import { translator } from '../../messages/translate.ts';
import {
  readStatistics,
  readWeek,
  scopeOf,
  statisticsQuery,
  type StatisticsChoice,
} from './statistics-query.rules.ts';
import { salesColumns } from './statistics.view.rules.ts';

/** The figures of the statistics as CSV. */
export const statisticsCsv = defineDownload({
  name: 'company.statistics-csv',
  path: '/company/statistics.csv',
  permission: 'reports:read',
  query: statisticsQuery,
  load: async (deps, { actor, query, visit: { language } }) => {
    const t = translator(language);
    const choice = readStatistics(query, monthOf(businessDateOf(deps.clock.now(), deps.config.timeZone)));
    return {
      filename: `sales-${choice.from}-${choice.through}.csv`,
      type: 'text/csv; charset=utf-8',
      body: streamCsv({
        head: [
          t(`company.statistics.grain.${choice.grain}`),
          ...(choice.by === 'time' ? [] : [t('company.charge.service')]),
          ...salesColumns.map((name) => t(`company.statistics.column.${name}`)),
        ],
        rows: await rowsOf(deps, actor, choice),
        last: (count) => [t('company.csv-last', { count })],
      }),
    };
  },
});

/** The first row is read before the file begins: what is refused is a page, not a broken file. */
async function rowsOf(deps: ServiceDeps, actor: Actor, choice: StatisticsChoice) {
  const rows = streamReport(deps, actor, scopeOf(choice), choice.by === 'time' ? undefined : 'service');
  const first = await rows.next();
  return (async function* (): AsyncGenerator<readonly Cell[]> {
    for (let next = first; next.done !== true; next = await rows.next()) {
      const { startsOn, row, sums } = next.value;
      const head = choice.grain === 'day' ? startsOn : monthOf(startsOn);
      yield [head, ...(row ? [row.code ?? row.key] : []), ...salesColumns.map((name) => sums[name] ?? 0n)];
    }
  })();
}

/** A week by day, hour, service and kind as CSV. @throws Problem `service-unavailable` where there is too much to read at once */
export const hoursCsv = defineDownload({
  name: 'company.hours-csv',
  path: '/company/statistics/hours.csv',
  permission: 'reports:read',
  query: {
    type: 'object',
    properties: { day: { type: 'string', maxLength: 20 } },
    additionalProperties: false,
  } as const,
  load: async (deps, { actor, query: { day }, visit: { language } }) => {
    const t = translator(language);
    const today = businessDateOf(deps.clock.now(), deps.config.timeZone);
    const { dates, last } = readWeek(day, today);
    const hours = await listHoursOfCompany(deps, actor, dates);
    if (!hours) throw new Problem('service-unavailable', { facts: { retry_after_seconds: 60 } });
    const codes = new Map((await listOwnServices(deps, actor)).map(({ id, code }) => [id, code]));
    const rows = async function* (): AsyncGenerator<readonly Cell[]> {
      for (const { businessDate, hour, serviceId, kind, chargeCount, chargedMinor } of hours)
        yield await Promise.resolve([
          businessDate,
          hour,
          codes.get(serviceId) ?? '',
          t(`company.charge.kind.${kind}`),
          chargeCount,
          chargedMinor,
        ]);
    };
    return {
      filename: `hours-${last}.csv`,
      type: 'text/csv; charset=utf-8',
      body: streamCsv({
        head: [
          t('company.statistics.grain.day'),
          t('company.today.hour-column'),
          t('company.charge.service'),
          t('company.charge.kind'),
          t('company.statistics.column.chargeCount'),
          t('company.statistics.column.chargedMinor'),
        ],
        rows: rows(),
        last: (count) => [t('company.csv-last', { count })],
      }),
    };
  },
});
