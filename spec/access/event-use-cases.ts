import { getEvent, listEvents } from '../../src/published-events/event.queries.ts';
import { publishEvents } from '../../src/published-events/publish-events.ts';
import type { UseCaseRow } from './use-case-table.ts';

/** What happened, and where it is sent; the columns are those of use-case-table.ts. */
export const eventUseCases: Readonly<Record<string, UseCaseRow>> = {
  getEvent: {
    // Nothing was published.
    but: 'event-not-found',
    rule: '++- ++- ------ ------ -',
    run: (tx, actor) => getEvent(tx, actor, '01JV5Q8Z3M7N2X4K6T9W1B0C5D'),
  },
  listEvents: {
    rule: '++- ++- ------ ------ -',
    run: (tx, actor) => listEvents(tx, actor, { limit: 5 }),
  },
  publishEvents: {
    rule: '--- --- ------ ------ +',
    run: (tx, actor) => publishEvents(tx, actor),
  },
};
