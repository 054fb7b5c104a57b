import { after, before, describe, it } from 'node:test';
import { changeOfHolder } from './change-of-holder.ts';
import { firstSignIn } from './first-sign-in.ts';
import { fromElsewhere } from './from-elsewhere.ts';
import { parentAndChild } from './parent-and-child.ts';
import { openStage, type Stage } from './stage.ts';
import { unknownPurchase } from './unknown-purchase.ts';

describe('people of a line, on their phone, with the mails they get', () => {
  let stage: Stage;
  before(async () => void (stage = await openStage()));
  after(() => stage.close());

  it('sign in with what was issued, choose a password, and end a subscription', () => firstSignIn(stage));
  it('limit and block what a child may buy, whose checkout says so first', () => parentAndChild(stage));
  it('buy, report what they do not know, ask the company, and read its answer', () => unknownPurchase(stage));
  it('sign in elsewhere with a code by mail, end what they pay, and write nothing', () =>
    fromElsewhere(stage));
  it('see what is theirs, and nobody more, when the line goes to another person', () =>
    changeOfHolder(stage));
});
