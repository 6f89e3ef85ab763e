/** What support decides about a ticket by reading its title. */

interface Titled {
  summary: string;
  topic_key: string;
}

export function triageOf({ summary, topic_key }: Titled): { priority: string; tags: string[] } {
  const tags = Object.keys(titles).filter((tag) => titles[tag]?.test(summary));
  const tag = tagOfTopic[topic_key];
  return { priority: priorityOf(summary, topic_key), tags: tag ? [...tags, tag].sort() : tags };
}

function priorityOf(summary: string, topic: string): string {
  if (topic === 'other') return 'low'; // who only asks about an outage
  if (/down|unreachable|not answer|outage|не отвечает|недоступ|упал|лежит/i.test(summary)) return 'urgent';
  return topic === 'abuse' || topic === 'network' ? 'high' : 'normal';
}

const titles: Record<string, RegExp> = {
  migration: /migrat|move|transfer|перен|переезд/i,
  vps: /vps|server|сервер/i,
};

const tagOfTopic: Record<string, string> = { abuse: 'abuse', billing: 'invoice', mail: 'mail' };
