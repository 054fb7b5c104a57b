import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { convert } from 'xmlbuilder2';
import { exportFeeInvoice } from '../../src/statements/export-fee-invoice.ts';
import { writeJpPintInvoice, type ElectronicInvoice } from '../../src/statements/jp-pint.rules.ts';
import { settleCompanies } from '../../src/settlements/settle-companies.ts';
import { renderStatements } from '../../src/statements/render-statements.ts';
import { staff } from '../support/actors.ts';
import { approveDrafts } from '../support/approve-settlements.ts';
import { closeMonth, makeLineIds } from '../support/closed-month.ts';
import { makeCompany, makeContract, makeService } from '../support/factories.ts';
import { fakeRun } from '../support/fake-run.ts';
import { createWorld, type World } from '../support/world.ts';

/** The schema as OASIS published it on 2013-11-04, without the modules of signatures of other bodies. */
const schemaArchive = join(import.meta.dirname, 'ubl-2.1-invoice-schema.tar.gz');

let dir: string;
before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fee-invoice-'));
  execFileSync('tar', ['-xzf', schemaArchive, '-C', dir]);
});
after(() => rm(dir, { recursive: true }));

/** Faults against the published schema; empty for a valid document. */
async function listFaults(xml: string): Promise<string[]> {
  const file = join(dir, 'invoice.xml');
  await writeFile(file, xml);
  const schema = join(dir, 'maindoc', 'UBL-Invoice-2.1.xsd');
  const { status, stderr } = spawnSync('xmllint', ['--nonet', '--noout', '--schema', schema, file], {
    encoding: 'utf8',
  });
  const lines = stderr.split('\n').filter((line) => line.includes('error'));
  return status === 0 ? [] : lines;
}

const invoice: ElectronicInvoice = {
  number: 'S2026-05-0001',
  issueDate: '2026-06-25',
  supplyFrom: '2026-05-01',
  supplyTo: '2026-06-25',
  replaces: null,
  note: '差し引いて精算しています。',
  supplier: {
    name: '回線会社',
    postalCode: '100-0001',
    address: '東京都千代田区 1-1',
    registrationNumber: 'T8011101028104',
  },
  customer: { name: 'A & B <株式会社>', postalCode: '', address: '大阪市北区 2-2', registrationNumber: null },
  supplies: [
    { content: '料金収納代行手数料', exTaxMinor: 4_000n, taxMinor: 400n, taxRateBps: 1000 },
    { content: '工事費', exTaxMinor: 9_999n, taxMinor: 999n, taxRateBps: 1000 },
  ],
};

describe('the fee as an electronic invoice', () => {
  it('is valid by the published schema of UBL 2.1', async () => {
    assert.deepEqual(await listFaults(writeJpPintInvoice(invoice)), []);
    const replaces = { number: 'S2026-05-0001', issueDate: '2026-06-25' };
    assert.deepEqual(await listFaults(writeJpPintInvoice({ ...invoice, replaces })), []);
  });

  it('is checked by a schema that finds faults', async () => {
    const without = writeJpPintInvoice(invoice).replace(/<cbc:IssueDate>[^]*?<\/cbc:IssueDate>/, '');
    assert.notDeepEqual(await listFaults(without), []);
    const misspelt = writeJpPintInvoice(invoice).replace('2026-06-25', '2026-06-31');
    assert.notDeepEqual(await listFaults(misspelt), []);
  });

  it('sums the tax by rate and says what is exempt', () => {
    const [fee, setUp] = invoice.supplies;
    const supplies = [{ ...fee!, taxMinor: 0n, taxRateBps: null }, setUp!];
    const { Invoice } = parse(writeJpPintInvoice({ ...invoice, supplies }));
    const subtotals = Invoice['cac:TaxTotal']['cac:TaxSubtotal'];
    assert.deepEqual(
      subtotals.map((subtotal: Xml) => [
        subtotal['cac:TaxCategory']['cbc:ID'],
        subtotal['cac:TaxCategory']['cbc:Percent'],
        subtotal['cbc:TaxableAmount']['#'],
        subtotal['cbc:TaxAmount']['#'],
      ]),
      [
        ['E', '0', '4000', '0'],
        ['S', '10', '9999', '999'],
      ],
    );
    assert.equal(Invoice['cac:LegalMonetaryTotal']['cbc:PayableAmount']['#'], '14998');
  });
});

describe('the e-invoice of a settled month', () => {
  let world: World;
  let filesDir: string;
  before(async () => {
    filesDir = await mkdtemp(join(tmpdir(), 'e-invoices-'));
    world = await createWorld({ FILES_DIR: filesDir });
    const company = await makeCompany(world.deps, { code: 'shirakaba', name: '株式会社しらかば' });
    const service = await makeService(world.deps, { companyId: company.id, name: '映画配信' });
    await makeContract(world.deps, {
      companyId: company.id,
      tariffCode: 'flets-2011',
      setUpFeeMinor: 9_999n,
    });
    await closeMonth(world.deps, {
      period: '2026-05',
      sales: makeLineIds(100).map((lineId) => ({
        companyId: company.id,
        serviceId: service.id,
        lineId,
        closingGroup: 31 as const,
        amountMinor: 800n,
      })),
    });
    await fakeRun(world.deps, settleCompanies, { job: 'settle-companies', businessDate: '2026-06-25' });
  });
  after(async () => {
    await world.close();
    await rm(filesDir, { recursive: true });
  });

  it('has the figures of the issued statement, and none before its issue', async () => {
    const subject = { companyCode: 'shirakaba', period: '2026-05' };
    await assert.rejects(exportFeeInvoice(world.deps, staff(), subject), { code: 'illegal-state' });
    await approveDrafts(world.deps);
    await fakeRun(world.deps, renderStatements, { job: 'render-statements', businessDate: '2026-06-25' });
    const { name, xml } = await exportFeeInvoice(world.deps, staff(), subject);
    assert.equal(name, 'shirakaba-2026-05.xml');
    assert.deepEqual(await listFaults(xml), []);
    const { Invoice } = parse(xml);
    // 80,000 on 100 lines by the tariff of 2011: 4,000 and 400 (domain.md section 1).
    assert.equal(Invoice['cac:LegalMonetaryTotal']['cbc:TaxExclusiveAmount']['#'], '4000');
    assert.equal(Invoice['cac:TaxTotal']['cbc:TaxAmount']['#'], '400');
    const supplier = Invoice['cac:AccountingSupplierParty']['cac:Party'];
    assert.match(supplier['cac:PartyTaxScheme']['cbc:CompanyID'], /^T\d{13}$/);
  });

  it('has the set-up fee on an invoice of its own, with the tax of its own floor', async () => {
    const subject = { companyCode: 'shirakaba', period: '2026-05', of: 'set-up' } as const;
    const { name, xml } = await exportFeeInvoice(world.deps, staff(), subject);
    assert.equal(name, 'shirakaba-2026-05-set-up.xml');
    assert.deepEqual(await listFaults(xml), []);
    const { Invoice } = parse(xml);
    assert.match(Invoice['cbc:ID'], /^S202605-\d{6}-SETUP$/);
    assert.equal(Invoice['cac:LegalMonetaryTotal']['cbc:TaxExclusiveAmount']['#'], '9999');
    assert.equal(Invoice['cac:TaxTotal']['cbc:TaxAmount']['#'], '999');
  });
});

// oxlint-disable-next-line typescript/no-explicit-any -- a tree of elements by name
type Xml = any;

function parse(xml: string): Xml {
  return convert(xml, { format: 'object' });
}
