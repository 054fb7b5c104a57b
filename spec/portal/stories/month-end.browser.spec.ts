import { after, before, describe, it } from 'node:test';
import { openDesks, type Desks } from './month-end/desk.ts';
import { learnWhatIsCollected, settleNextMonth } from './month-end/collection.ts';
import { importLines, rehearseAndClose } from './month-end/lines-and-night.ts';
import { payCompanies } from './month-end/payout.ts';
import { approveByAnother, correctAndRedraft, reviewDrafts } from './month-end/review.ts';

describe('a month end by two people, each in a browser', () => {
  let desks: Desks;
  before(async () => void (desks = await openDesks()));
  after(() => desks.close());

  it('takes a file of lines, whose refused row is mended and sent again', () => importLines(desks));
  it('rehearses the month, closes it in a night that is asked for twice and runs once, and proves it', () =>
    rehearseAndClose(desks));
  it('proposes all drafts at once, of which the approver sends one back and approves the other', () =>
    reviewDrafts(desks));
  it('corrects the name of the company, and draws the settlement up again under its number', () =>
    correctAndRedraft(desks));
  it('lets nobody approve what they proposed, and another person once, though two tabs ask', () =>
    approveByAnother(desks));
  it('learns what is collected from a file, once though it is sent twice, and what comes back', () =>
    learnWhatIsCollected(desks));
  it('settles the next month with what came back', () => settleNextMonth(desks));
  it('pays by a run that one proposes and another approves, whose file is written once', () =>
    payCompanies(desks));
});
