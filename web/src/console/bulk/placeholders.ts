/** The placeholders of a canned response in words, in the language of its text. */
import type { Language } from '#shared/i18n.ts';

const names: Record<Language, Record<string, string>> = {
  en: {
    client_name: 'client’s name',
    account_name: 'name of the account',
    agent_name: 'your name',
    ticket_number: 'number of the ticket',
    ticket_summary: 'summary of the ticket',
  },
  ru: {
    client_name: 'имя клиента',
    account_name: 'название аккаунта',
    agent_name: 'ваше имя',
    ticket_number: 'номер тикета',
    ticket_summary: 'заголовок тикета',
  },
};

/** `Hello {{client_name}}` as `Hello [client’s name]`. */
export const withNames = (text: string, language: Language) =>
  text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => {
    const words = names[language][name];
    return words ? `[${words}]` : whole;
  });
