import { publishEvents } from '../../src/published-events/publish-events.ts';
import type { UseCaseRow } from './use-case-table.ts';

/** What happened, and where it is sent; the columns are those of use-case-table.ts. */
export const eventUseCases: Readonly<Record<string, UseCaseRow>> = {
  publishEvents: {
    rule: '--- --- ------ ------ +',
    run: (tx, actor) => publishEvents(tx, actor),
  },
};
