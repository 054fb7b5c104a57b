import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseConfig } from '../../config/config.ts';
import { createMailFormat } from '../../templates/mails/mail-format.ts';
import { mailKindNames, mailKinds, type MailKindName } from '../../templates/mails/mail-kinds.ts';
import { renderMail, type MailToRender } from '../../src/mails/render-mail.ts';
import { nameBrowser } from '../../src/shared/browser-name.rules.ts';
import { sampleFacts } from '../support/mail-facts.ts';

const config = parseConfig({ PUBLIC_ORIGIN: 'https://pay.carrier.example' });
const languages = ['ja', 'en'] as const;

function render(kind: MailKindName, language: 'ja' | 'en', more: Partial<MailToRender> = {}) {
  const mail = { kind, language, toName: null, replyTo: null, facts: sampleFacts[kind], ...more };
  return renderMail(config, mail);
}

/** What a person reads of the HTML, without white space. */
function seenIn(html: string): string {
  return html
    .replace(/<head>[^]*<\/head>/, '')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name]!)
    .replaceAll(/\s/g, '');
}
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** The facts that a reader must find, as the mail writes them. */
function expectedOf(kind: MailKindName, language: 'ja' | 'en'): string[] {
  const format = createMailFormat({ language, currency: 'JPY', timeZone: 'Asia/Tokyo' });
  const facts: Readonly<Record<string, unknown>> = sampleFacts[kind];
  return Object.entries<unknown>(mailKinds[kind].facts).flatMap(([name, shape]) => {
    const value = facts[name];
    if (value === null || Array.isArray(shape)) return [];
    switch (String(shape).replace('?', '')) {
      case 'names':
        return [format.name(value as never)];
      case 'money':
        return [format.money(value as bigint)];
      case 'instant':
        return [format.dateTime(value as Date)];
      case 'date':
        return [format.date(value as string)];
      case 'month':
        return [format.month(value as string)];
      case 'lines':
        return (value as string).split('\n');
      case 'flag':
        return [];
      default:
        // A browser is named in our words, not in its own.
        return [name === 'userAgent' ? nameBrowser(value as string)! : `${value as string | number}`];
    }
  });
}

for (const kind of mailKindNames) {
  for (const language of languages) {
    describe(`${kind} in ${language}`, () => {
      const { subject, text, html } = render(kind, language, { toName: '山田 花子' });

      test('has every fact in the text and in the HTML', () => {
        for (const expected of expectedOf(kind, language)) {
          assert.ok(text.includes(expected), `the text lacks ${expected}`);
          assert.ok(seenIn(html).includes(expected.replaceAll(/\s/g, '')), `the HTML lacks ${expected}`);
        }
      });

      test('says in the text what the HTML says', () => {
        const seen = seenIn(html);
        const lines = text.split('\n').filter((line) => line !== '' && !/^-+$/.test(line));
        for (const line of lines) {
          // Labels stand apart from their values there, quotes and warnings have no signs.
          const parts = line.replace(/^(> |■ )/, '').split(/(?:：|: |:$)/);
          for (const part of parts) assert.ok(seen.includes(part.replaceAll(/\s/g, '')), part);
        }
        assert.ok(lines.length > 8);
      });

      test('has nothing left open, and no codes in the subject', () => {
        for (const part of [subject, text, html]) {
          assert.doesNotMatch(part, /undefined|null|NaN|\[object|Invalid Date|\$\{/);
        }
        assert.match(subject, /^\S.{2,80}\S$/);
        for (const [name, shape] of Object.entries<unknown>(mailKinds[kind].facts))
          if (shape === 'secret') assert.ok(!subject.includes(String((sampleFacts[kind] as never)[name])));
      });

      test('loads nothing and runs nothing', () => {
        assert.doesNotMatch(html, /<script|<img|<link|@import|url\(|\son[a-z]+=|\sstyle=/i);
        assert.match(html, new RegExp(`^<!doctype html>\\s*<html lang="${language}">`));
        assert.match(html, /prefers-color-scheme: dark/);
      });

      test('says who sends it, why, and whom to ask', () => {
        const { carrier } = config;
        const [name, contact] =
          language === 'ja' ? [carrier.name, carrier.contact] : [carrier.nameEn, carrier.contactEn];
        const foot = text.slice(text.indexOf('-----'));
        assert.ok(foot.includes(name) && foot.includes(contact));
        const { purpose, audience } = mailKinds[kind];
        const unsubscribe = foot.includes('https://pay.carrier.example/my/limits');
        assert.equal(unsubscribe, purpose === 'notice', 'only a notice says how to switch it off');
        if (purpose === 'security')
          assert.match(foot, language === 'ja' ? /配信を停止することはできません/ : /cannot be switched off/);
        if (audience === 'company') assert.doesNotMatch(foot, /設定|notices/);
      });

      test('is in its own language alone, but for what people wrote', () => {
        if (language === 'en') return;
        const words = text.replaceAll(
          /https?:\S+|\S+\.pdf|Firefox \(Android\)|YubiKey|Webhook|HTTP|API|we_\w+|ID|[A-Z]-?\d[\d-]*/g,
          '',
        );
        assert.doesNotMatch(words, /[A-Za-z]{3,}/);
      });
    });
  }
}

describe('a mail', () => {
  test('greets its reader by name, in the way of its language, and a company by its own name', () => {
    assert.match(render('password-changed', 'ja', { toName: '山田 花子' }).text, /^山田 花子 様\n/);
    assert.match(
      render('password-changed', 'en', { toName: 'Hanako Yamada' }).text,
      /^Dear Hanako Yamada,\n/,
    );
    assert.match(render('company-message', 'ja', { toName: '山田 花子' }).text, /^株式会社東雲 ご担当者様\n/);
  });

  test('that can be answered does not say that it cannot', () => {
    assert.match(render('company-answer', 'ja').text, /送信専用/);
    assert.doesNotMatch(render('company-answer', 'ja', { replyTo: 'desk@carrier.example' }).text, /送信専用/);
  });

  test('shows what a person wrote as text, whatever it is', () => {
    const description = '<script>alert(1)</script>&"\'<img src=x onerror=alert(1)>';
    const message = `</p><a href="https://evil.example">here</a>\n${description}`;
    const facts = { ...sampleFacts['company-message'], description, message };
    const { html, text } = render('company-message', 'ja', { facts });
    assert.doesNotMatch(html, /<script|<img|evil\.example"/);
    assert.ok(seenIn(html).includes(description.replaceAll(/\s/g, '')));
    assert.ok(text.includes(`> </p><a href="https://evil.example">here</a>\n> ${description}`));
  });

  test('has a subject without line breaks, whatever a name has in it', () => {
    const service = { ja: '動画\r\nBcc: all@mail.example\u2028x', en: 'x' };
    const { subject } = render('purchase-receipt', 'ja', {
      facts: { ...sampleFacts['purchase-receipt'], service },
    });
    assert.doesNotMatch(subject, /[\r\n\u2028]/);
  });

  test('of a limit that is reached says that nothing more can be bought', () => {
    const facts = { ...sampleFacts['limit-notice'], spentMinor: 5_200n };
    assert.match(render('limit-notice', 'ja', { facts }).text, /残り：0円/);
    assert.match(render('limit-notice', 'ja', { facts }).text, /期間が終わるまでは購入できません/);
    const none = { ...facts, limitMinor: null, who: null };
    assert.match(
      render('limit-notice', 'en', { facts: none }).text,
      /the whole line.*This does not stop purchases\.\n\n.*\n\nCounts until/s,
    );
  });

  test('of a subscription without a free month does not speak of one', () => {
    const facts = { ...sampleFacts['subscription-started'], isFirstMonthFree: false };
    assert.doesNotMatch(render('subscription-started', 'ja', { facts }).text, /無料/);
    assert.match(render('subscription-started', 'ja').text, /無料/);
  });

  test('writes times in the time zone of billing, whatever the machine has', () => {
    const late = { ...sampleFacts['passkey-added'], addedAt: new Date('2026-05-31T15:30:00Z') };
    assert.match(render('passkey-added', 'ja', { facts: late }).text, /2026年6月1日\(月\) 00:30/);
    assert.match(render('passkey-added', 'en', { facts: late }).text, /Monday,? 1 June 2026, 00:30/);
  });
});
