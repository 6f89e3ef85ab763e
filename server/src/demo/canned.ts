/** Canned responses of the demo. `{{client_name}}` and its like are filled when one is used. */
import type { NewCannedResponse } from '#desk/canned-responses/schema.ts';

type Texts = Required<NewCannedResponse['bodies']>;

/** What asks a client who has long been silent; sent by the clock, before any ticket has a number to name. */
export const reminder: NewCannedResponse & { bodies: Texts } = {
  title: 'Reminder after a week',
  shortcut: 'reminder',
  bodies: {
    en: 'Hello {{client_name}},\n\nwe have not heard from you for a week. Is “{{ticket_summary}}” still open for you? A short answer is enough. Without one we will close this ticket in seven days; it can be reopened at any time.\n\n{{agent_name}}',
    ru: 'Здравствуйте, {{client_name}}!\n\nМы неделю не получали от вас ответа. Вопрос «{{ticket_summary}}» ещё актуален? Достаточно пары слов. Если ответа не будет, через семь дней мы закроем тикет; переоткрыть его можно в любой момент.\n\n{{agent_name}}',
  },
};

export const sharedAnswers: NewCannedResponse[] = [
  reminder,
  {
    title: 'We are on it',
    shortcut: 'on-it',
    bodies: {
      en: 'Hello {{client_name}},\n\nthank you, we have your message and are looking into it now. You will hear from us within the hour, here in ticket {{ticket_number}}.\n\n{{agent_name}}',
      ru: 'Здравствуйте, {{client_name}}!\n\nСпасибо, обращение получили, уже смотрим. Ответим в течение часа здесь же, в тикете {{ticket_number}}.\n\n{{agent_name}}',
    },
  },
  {
    title: 'Network: ask for mtr',
    shortcut: 'mtr',
    topic_key: 'network',
    bodies: {
      en: 'Hello {{client_name}},\n\nto find where packets are lost we need the route in both directions. Please run, while the problem is there:\n\n    mtr -rwbzc 100 <address of the server>\n\nand from the server the same towards your own address. Send us both outputs as text, with the time.\n\n{{agent_name}}',
      ru: 'Здравствуйте, {{client_name}}!\n\nЧтобы понять, где теряются пакеты, нужен маршрут в обе стороны. Пока проблема наблюдается, выполните, пожалуйста:\n\n    mtr -rwbzc 100 <адрес сервера>\n\nи то же самое с сервера до вашего адреса. Пришлите оба вывода текстом и укажите время.\n\n{{agent_name}}',
    },
  },
  {
    title: 'Servers: may we reboot?',
    shortcut: 'reboot',
    topic_key: 'servers',
    bodies: {
      en: 'Hello {{client_name}},\n\nthe repair needs a reboot of the server, about five minutes without service. Please tell us when it suits you, or that we may do it at once.\n\n{{agent_name}}',
      ru: 'Здравствуйте, {{client_name}}!\n\nДля исправления нужна перезагрузка сервера, это примерно пять минут простоя. Напишите, пожалуйста, удобное время или разрешите сделать сразу.\n\n{{agent_name}}',
    },
  },
  {
    title: 'DNS: changes take time',
    shortcut: 'dns-ttl',
    topic_key: 'dns',
    bodies: {
      en: 'Hello {{client_name}},\n\nthe record is changed on our name servers. Resolvers keep the old one for as long as its TTL says, so some visitors may see the old address for up to a day. You can check with\n\n    dig +short <name> @1.1.1.1\n\n{{agent_name}}',
      ru: 'Здравствуйте, {{client_name}}!\n\nНа наших серверах имён запись изменена. Резолверы хранят старую, пока не истечёт TTL, поэтому часть посетителей может видеть прежний адрес до суток. Проверить можно так:\n\n    dig +short <имя> @1.1.1.1\n\n{{agent_name}}',
    },
  },
  {
    title: 'Mail: full headers, please',
    shortcut: 'headers',
    topic_key: 'mail',
    bodies: {
      en: 'Hello {{client_name}},\n\nplease attach one of the messages as a file (.eml) or its full headers: they show which server refused it and why. A screenshot does not carry them.\n\n{{agent_name}}',
      ru: 'Здравствуйте, {{client_name}}!\n\nПриложите, пожалуйста, одно из писем файлом (.eml) или его полные заголовки: по ним видно, какой сервер отказал и почему. На снимке экрана их нет.\n\n{{agent_name}}',
    },
  },
  {
    title: 'Billing: documents are on their way',
    shortcut: 'documents',
    topic_key: 'billing',
    bodies: {
      en: 'Hello {{client_name}},\n\nthe documents for {{account_name}} are with our accounting. They will appear in the panel under “Documents” within two working days; originals follow by post if your contract says so.\n\n{{agent_name}}',
      ru: 'Здравствуйте, {{client_name}}!\n\nДокументы для {{account_name}} переданы в бухгалтерию. В течение двух рабочих дней они появятся в панели в разделе «Документы»; оригиналы отправим почтой или через ЭДО, как указано в договоре.\n\n{{agent_name}}',
    },
  },
  {
    title: 'Abuse: what we need from you',
    shortcut: 'abuse',
    topic_key: 'abuse',
    bodies: {
      en: 'Hello {{client_name}},\n\nwe have received a complaint about an address of {{account_name}}. Please find the cause, remove it, and tell us within 24 hours what it was. If the server was broken into, we can help you restore it from a backup.\n\n{{agent_name}}',
      ru: 'Здравствуйте, {{client_name}}!\n\nНа один из адресов {{account_name}} поступила жалоба. Найдите, пожалуйста, причину, устраните её и в течение 24 часов напишите, что это было. Если сервер взломан, поможем восстановить его из резервной копии.\n\n{{agent_name}}',
    },
  },
  {
    title: 'Solved: how did we do?',
    shortcut: 'solved',
    bodies: {
      en: 'Hello {{client_name}},\n\ngood to hear that it works. We mark “{{ticket_summary}}” as resolved; if anything is left, just answer here. A vote on this ticket helps us to see what to do better.\n\n{{agent_name}}',
      ru: 'Здравствуйте, {{client_name}}!\n\nРады, что всё заработало. Отмечаем вопрос «{{ticket_summary}}» как решённый; если что-то останется, просто ответьте здесь. Оценка тикета поможет нам стать лучше.\n\n{{agent_name}}',
    },
  },
];

/** One's own, by the address of whose it is. */
export const ownAnswers: Record<string, NewCannedResponse[]> = {
  'daniel@northbay.example': [
    {
      title: 'Handing over to the night',
      shortcut: 'night',
      bodies: {
        en: 'Hello {{client_name}},\n\nmy shift ends now. My team member has read ticket {{ticket_number}} and goes on from here; you need not explain anything again.\n\nDaniel',
      },
    },
  ],
  'timofeeva@northbay.example': [
    {
      title: 'Акт сверки',
      shortcut: 'akt',
      topic_key: 'billing',
      bodies: {
        ru: 'Здравствуйте, {{client_name}}!\n\nАкт сверки для {{account_name}} запросила, он будет готов завтра до 15:00 по Москве. Пришлю сюда же.\n\nОльга',
      },
    },
  ],
};
