import type { DemoEvent } from '../plan/world-plan.ts';
import type { NightWatch } from '../night-watch.ts';
import { issueSubscribers, recordConsents } from './create-subscribers.ts';
import { agree, cancelLater, captureLater, join, leave, sellOnce } from './check-out.ts';
import { deliverLineFile } from './deliver-line-file.ts';
import { deliverResults } from './deliver-results.ts';
import type { DemoWorld } from './demo-world.ts';
import { enterRefundAccount } from './enter-refund-account.ts';
import { giveBack } from './give-back.ts';
import { bookPayoutResults, orderPayouts } from './pay-companies.ts';
import { importUses, useMany, useOnce } from './use-services.ts';

/** Performs one event of the plan, at its instant. */
export function perform(world: DemoWorld, event: DemoEvent, nights: NightWatch): Promise<void> {
  world.site.clock.set(new Date(event.at));
  switch (event.kind) {
    case 'line-file':
      return deliverLineFile(world, event.tenures);
    case 'issue':
      return issueSubscribers(world, event.subscribers);
    case 'agree':
      return agree(world, event.consent);
    case 'agreed':
      return recordConsents(world, event.consents);
    case 'usage':
      return useOnce(world, event.usage);
    case 'usage-batch':
      return useMany(world, event.company, event.usages);
    case 'usage-file':
      return importUses(world, event.company, event.usages);
    case 'checkout':
      return sellOnce(world, event.checkout);
    case 'capture':
      return captureLater(world, event.checkout, event.amountMinor);
    case 'cancel':
      return cancelLater(world, event.checkout);
    case 'join':
      return join(world, event.subscription);
    case 'refund':
      return giveBack(world, event.refund);
    case 'refund-account':
      return enterRefundAccount(world, event.subscriber);
    case 'results-file':
      return deliverResults(world, event.results);
    case 'order-payouts':
      return orderPayouts(world);
    case 'payout-results':
      return bookPayoutResults(world, event.returnsOf);
    case 'leave':
      return leave(world, event.subscription);
  }
  return nights.run(world.site.deps, event.businessDate);
}
