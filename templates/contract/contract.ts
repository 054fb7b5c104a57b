import type { Writable } from 'node:stream';
import { formatMoney } from '../../src/shared/money.ts';
import type { Canvas } from '../pdf/canvas.ts';
import { labelIn, writeDate } from '../pdf/document-format.ts';
import { drawFacts } from '../pdf/facts-table.ts';
import { Flow } from '../pdf/flow.ts';
import { drawTitle, type Fact } from '../pdf/letterhead.ts';
import { frame, PageFrame } from '../pdf/page-frame.ts';
import { textStyles } from '../pdf/palette.ts';
import { renderDocument } from '../pdf/render-document.ts';
import { drawClauses } from './clauses.ts';
import type { ContractContent } from './contract.types.ts';
import { drawServices, drawTariff } from './contract-tables.ts';
import { drawSignatures } from './signatures.ts';
import * as wording from './wording.ts';

const { labels } = wording;
const GAP = 15;

/**
 * Writes a contract as a PDF, and ends the output: parties, services, terms, tariff in words and figures, clauses and the places of
 * signatures. A draft is marked on every page. The same content gives the same bytes.
 * @throws Error when the output breaks.
 */
export async function renderContract(
  contract: ContractContent,
  output: Writable,
): Promise<{ pages: number }> {
  const { language, number, carrier, company } = contract;
  const title = labels.title[language];
  const card = {
    language,
    title: `${title} ${number} ${company.name}`,
    author: carrier.name,
    subject: title,
    keywords: number,
    createdAt: new Date(`${contract.issuedOn}T00:00:00Z`),
  };
  return await renderDocument(card, output, (canvas) => drawContract(contract, canvas));
}

function drawContract(contract: ContractContent, canvas: Canvas): number {
  const { language, number, carrier, company, isDraft } = contract;
  const pageFrame = new PageFrame(canvas, {
    footerLeft: `${labels.number[language]} ${number}`,
    footerRight: carrier.name,
    runningLeft: `${labels.title[language]}　${company.name}`,
    runningRight: number,
    ...(isDraft && { mark: labels.draft[language] }),
  });
  const flow = new Flow(canvas, pageFrame);
  drawHeading(flow, contract);
  drawSection(flow, contract, { title: 'parties', facts: partiesOf(contract) });
  drawServices(flow, contract);
  flow.advance(GAP);
  drawSection(flow, contract, { title: 'terms', facts: termsOf(contract) });
  drawSection(flow, contract, { title: 'payout', facts: payoutOf(contract) });
  drawSection(flow, contract, { title: 'selling', facts: sellingOf(contract) });
  drawTariff(flow, contract);
  flow.advance(GAP);
  drawClauses(flow, contract);
  flow.advance(GAP);
  drawSignatures(flow, contract);
  return pageFrame.finish();
}

function drawHeading(flow: Flow, contract: ContractContent): void {
  const { canvas } = flow;
  const { language, number, issuedOn, concludedOn } = contract;
  const fact = factIn(language);
  drawTitle(canvas, flow.y, {
    title: labelIn(labels.title, language),
    facts: [
      fact('number', number),
      fact('issuedOn', writeDate(issuedOn, language)),
      ...(concludedOn === null ? [] : [fact('concludedOn', writeDate(concludedOn, language))]),
    ],
  });
  flow.advance(66);
  const lead = wording.leadOf(contract);
  canvas.tag('P', () => canvas.text(lead, { x: frame.left, baseline: flow.y + 8 }, textStyles.body));
  flow.advance(22);
}

function drawSection(
  flow: Flow,
  { language }: ContractContent,
  { title, facts }: { readonly title: keyof typeof labels; readonly facts: readonly Fact[] },
): void {
  drawFacts(flow, { title: labelIn(labels[title], language), facts });
  flow.advance(GAP);
}

const factIn = (language: ContractContent['language']) => (name: keyof typeof labels, text: string) => ({
  // The words of both languages have no room beside a value.
  label: { ja: labels[name][language], en: '' },
  text,
});

/** What is known of a party in one line. */
const lines = (...parts: readonly (string | null)[]) =>
  parts.filter((part) => part !== null && part !== '').join('　');

function partiesOf({ language, carrier, company }: ContractContent): Fact[] {
  const fact = factIn(language);
  return [
    fact('carrier', carrier.name),
    fact('details', lines(carrier.address, carrier.registrationNumber)),
    fact('company', lines(`${company.name} (${company.code})`, wording.asOf(company.asOf, language))),
    fact('details', lines(company.address, company.registrationNumber)),
  ];
}

function termsOf(contract: ContractContent): Fact[] {
  const { language, terms, versions } = contract;
  const fact = factIn(language);
  return [
    fact('term', wording.termOf(contract)),
    fact('legalModel', wording.modelOf(terms, language)),
    fact('basis', wording.basisOf(terms, language)),
    fact('tariff', `${contract.tariffName} (${contract.tariffCode})`),
    fact('minimumFee', wording.minimumFeeOf(versions.at(-1)?.minimumMinor ?? 0n, language)),
    fact('setUp', wording.setUpOf(terms, language)),
    fact('feeTax', wording.feeTaxOf(terms, language)),
  ];
}

function payoutOf({ language, terms }: ContractContent): Fact[] {
  const fact = factIn(language);
  return [
    fact('payoutRule', wording.payoutRuleOf(terms, language)),
    fact('minimumPayout', wording.minimumPayoutOf(terms, language)),
    fact('bearer', wording.bearerOf(terms, language)),
  ];
}

function sellingOf({ language, terms }: ContractContent): Fact[] {
  const fact = factIn(language);
  return [
    fact('perCharge', formatMoney(terms.perChargeMaxMinor, 'JPY', language)),
    fact('lateCharges', wording.lateChargesOf(terms, language)),
    fact('authorization', wording.authorizationOf(terms, language)),
    fact('refunds', wording.refundsOf(terms, language)),
    fact('apiRequests', wording.signedRequestsOf(terms, language)),
  ];
}
