/** Conversations in English. Data: see scenario.ts for the notation. */
import type { Phrases, Scenario } from './scenario.ts';

export const phrases: Phrases = {
  hello: [
    'Hello,\n\n',
    'Hi,\n\n',
    'Hi there,\n\n',
    'Hello support,\n\n',
    'Dear support team,\n\n',
    'Hi all,\n\n',
    '',
  ],
  bye: [
    '\n\nThanks,\n{me}',
    '\n\nRegards,\n{me}',
    '\n\nThank you,\n{me}',
    '\n\n{me}',
    '\n\nThanks in advance',
    '',
    '',
    '',
  ],
  greet: [
    'Hello {client},\n\n',
    'Hi {client},\n\n',
    'Hello,\n\n',
    'Hi {client}, thank you for writing.\n\n',
    'Hello,\n\n',
  ],
  regards: [
    '\n\nBest regards,\n{agent}',
    '\n\nKind regards,\n{agent}',
    '\n\n{agent}, Northbay support',
    '',
    '',
    '',
  ],
  praise: [
    'Quick and to the point.',
    'Solved within the hour, thank you!',
    'Friendly and competent as always.',
    'Great explanation, I learned something.',
    'Fast answer even at night.',
    '{agent} knew exactly where to look.',
    'Could not be better.',
    'Fixed before our customers noticed.',
    'Clear answers, no copy and paste.',
    'Very helpful.',
    'Thanks for staying on it until it worked.',
  ],
  complaint: [
    'It took three messages until somebody read the log I had attached.',
    'Solved in the end, but the first answer was a template.',
    'Waited too long for a simple change.',
    'The problem came back twice before it was fixed.',
    'I would have liked a warning before the limit was reached.',
    'Good technicians, slow billing.',
  ],
  feedback: [
    'Found it myself, it was our firewall. Sorry for the noise.',
    'No longer needed, thanks.',
    'Works again, no idea why. Closing this.',
    'We found another way in the meantime, please close this.',
    'Solved on our side.',
  ],
  liked: ['Helpful.', 'Exactly.', 'Good to know, thanks.', 'That was it.', 'Clear, thank you.'],
  disliked: [
    'That is not what I asked.',
    'I had tried this already, see my first message.',
    'Too vague for me.',
  ],
  reopen: [
    {
      client:
        'Unfortunately it is back since {just} today. {Same picture as last time.|Exactly the same symptoms.} Could you look again?',
      support:
        'Sorry about that. The first repair did not survive a restart of the service at night. It is part of the configuration now, and we will watch it for the next two days.',
    },
    {
      client:
        'One more question on this before we forget: does the change also survive {a reboot|the next update}?',
      support:
        'Yes. It is kept in the configuration of the service itself, so neither a reboot nor an update touches it.',
    },
    {
      client: 'Reopening, as it worked for {n} days and now fails again. Nothing was changed on our side.',
      support:
        'Thank you for coming back to us. We see it too, and this time we found the reason: an automatic update had brought the default setting back. It is pinned now.',
    },
    {
      client:
        'Sorry to reopen this: the same now happens on {host2}. Could you {do the same there|apply the same change there}?',
      support: 'Done on {host2} as well. We have looked at your other servers too, they are fine.',
    },
  ],
  unanswered: ['no answer for three weeks', 'no answer from the client', 'client does not answer'],
  undisputed: 'resolved, no objection within 14 days',
  asides: [
    {
      ask: '@{colleague} could you take a look before I answer? You know their setup better than I do.',
      tell: 'Looked at it: your reading is right, go ahead.',
    },
    {
      ask: '@{colleague} have you seen this before? I would rather not guess.',
      tell: 'Yes, with another client last month. It was what you think it is.',
    },
    {
      ask: '@{colleague} this is their second ticket about it this quarter. Shall we call them?',
      tell: 'Called, they prefer to have it in writing. Please go on here.',
    },
    {
      ask: '@{colleague} does {host} share the rack with last week’s power fault?',
      tell: 'No, that was two rows further. Nothing unusual on this one.',
      topics: ['servers', 'network', 'databases'],
    },
    {
      ask: '@{colleague} may I promise them a credit for this?',
      tell: 'Fine with me, please note it on the account.',
      topics: ['billing', 'network'],
    },
  ],
  again: {
    summary: 'URGENT: {summary}',
    body: 'Hello,\n\nwriting from my phone about “{summary}”. If {other} has told you already, please treat this as the same matter and keep me posted too.\n\n{me}',
  },
  begun: 'Hello,\n\nthank you for waiting. We have looked into it, and ',
};

export const scenarios: Scenario[] = [
  {
    topic: 'servers',
    type: 'incident',
    summaries: [
      '{host} does not come back after a reboot',
      'No ping, no SSH on {host} since the reboot at {hm}',
      '{host} stuck at boot after kernel update',
    ],
    lines: [
      {
        client:
          '{hello}{We rebooted {host} ({ip}) after kernel updates at {hm} and it never came back.|After "apt full-upgrade" and a reboot at {hm}, {host} ({ip}) is gone: no ping, no SSH.} The console in the panel shows a black screen with a cursor. {This is our production web server, please look at it soon.|Our site is down because of it.}{bye}',
      },
      { note: 'Console: grub rescue, /boot not found after the kernel update. Needs rescue mode, 15 min.' },
      {
        support:
          '{greet}the server stops in the GRUB rescue shell: the update wrote a configuration that points to a partition which no longer exists. {May we boot it into rescue mode and reinstall the boot loader? It takes about 15 minutes and touches no data.|We can repair the boot loader from rescue mode, about 15 minutes, no data is touched. May we?}{regards}',
      },
      {
        client:
          '{Yes, please go ahead.|Please do. It can hardly get more offline than this.|Go ahead, rescue mode is fine.}',
      },
      {
        support:
          'Done. GRUB is reinstalled on both disks, {host} has booted kernel 6.8.0-{dd}, SSH answers and nginx runs. The old kernels filled /boot to {pct} %; we removed the three oldest. Please check your application once.',
      },
      {
        client:
          '{All back, thank you for the quick help!|Everything works again. Thanks.|Confirmed, shop is up. Thank you {agent}!}',
      },
    ],
  },
  {
    topic: 'servers',
    type: 'incident',
    summaries: [
      'Disk of {host} is full and I cannot find by what',
      'df says {pct} % on {host}, du says half of it',
      'No space left on {host}',
    ],
    lines: [
      {
        client:
          '{hello}on {host} the root file system is at {pct} %, but du finds only about half of that:\n\n```\n# df -h /\nFilesystem      Size  Used Avail Use% Mounted on\n/dev/vda1        {gb}G   ...  1.1G  {pct}% /\n```\n\n{We already removed old logs, it did not change anything.|Deleting logs did not free a single byte.}{bye}',
      },
      {
        support:
          '{greet}{this usually means that a deleted file is still held open.|files that are deleted but still open keep their space.} Could you run `lsof +L1 | sort -k7 -n | tail` and send the output? The process at the bottom is the one to restart.{regards}',
      },
      {
        client:
          'There it is:\n\n```\nrsyslogd  {pid}  root   7w  REG  252,1  {bytes}  0  /var/log/debug.1 (deleted)\n```\n\nSo restart rsyslog?',
      },
      {
        support:
          '{Yes: `systemctl restart rsyslog`. The space comes back at once.|Exactly, `systemctl restart rsyslog` gives the space back at once.} To prevent it, add `copytruncate` or a `postrotate` restart to /etc/logrotate.d/rsyslog; we also recommend an alert at 85 %, which the panel can send by mail.',
      },
      { client: '{Down to 48 %. Thank you!|Worked, {gb} GB free again. Alert is set up too.}' },
    ],
  },
  {
    topic: 'servers',
    type: 'incident',
    mayReturn: true,
    summaries: [
      'High CPU steal on {host}',
      '{host} slow since {hm}, steal time above {dd} %',
      'Noisy neighbour? Steal on {host}',
    ],
    lines: [
      {
        client:
          '{hello}since about {hm} everything on {host} takes twice as long. `top` shows {dd} % steal while our own load is as usual. {I attach the graph from our monitoring.|Graph attached.} Can you check the node it runs on?{bye}',
        file: 'load.png',
      },
      {
        note: '{node}: one guest runs a batch on all cores, node at {pct} %. Offering the client a move to a calmer node.',
      },
      {
        support:
          '{greet}you are right, another guest on {node} uses more than its share. We have throttled it now, so the steal should be below 2 % already. {We would also like to move {host} to a newer node: a live migration, a pause of less than a second.|If you agree, we move {host} to another node today by live migration (a pause of less than a second).}{regards}',
      },
      {
        client:
          '{Steal is at 0.5 % now, much better. Yes, please migrate it.|Confirmed, it is gone. Migration is fine, whenever it suits you.}',
      },
      {
        support:
          'The migration is done, finished at {just}. No packets were lost according to our monitoring.',
      },
    ],
  },
  {
    topic: 'servers',
    type: 'incident',
    mayReturn: true,
    summaries: [
      'OOM killer takes down MySQL on {host}',
      'mysqld killed at {hm} on {host}',
      'Database on {host} dies every night',
    ],
    lines: [
      {
        client:
          '{hello}the {second|third} time this week mysqld on {host} was killed by the kernel, this time at {hm}. Kernel log attached. The plan is {plan}, that should be enough for {n} GB of data?{bye}',
        file: 'oom.log',
      },
      {
        support:
          '{greet}thank you for the log. Two things add up here: `innodb_buffer_pool_size` is 75 % of the memory, and at night your backup starts 40 PHP workers of about 90 MB each. {Together that is more than the server has.|The sum is larger than the memory of the plan.}\n\nWe suggest 50 % for the buffer pool and `pm.max_children = 20`. Neither will be noticed in daily use.{regards}',
      },
      {
        client:
          '{Changed both. How can I see whether it is enough before next night?|Done. Is there a way to test it without waiting for the night?}',
      },
      {
        support:
          'Run the backup by hand and watch `free -m` and `systemd-cgtop` meanwhile; "available" should stay above 500 MB. A swap file of 2 GB does no harm as a safety net either.',
      },
      {
        later: true,
        client:
          '{Lowest was 1.1 GB available. Looks good, thanks.|Survived the night without a kill. Closing.}',
      },
    ],
  },
  {
    topic: 'servers',
    type: 'request',
    summaries: [
      'Upgrade {host} to a bigger plan',
      'More memory for {host}, when is a reboot possible?',
      'Resize of {host}',
    ],
    lines: [
      {
        client:
          '{hello}we would like to move {host} from {plan} to the next size. How long will it be offline, and does the IP address {ip} stay?{bye}',
      },
      {
        support:
          '{greet}the address stays, and so does everything on the disk. The server is shut down, gets its new size and starts again: {usually 2 to 4 minutes|about three minutes}. The difference of {fee} a month is charged from that day on. {Tell us a time that suits you and we take care of it, or use "Resize" in the panel.|When would it suit you?}{regards}',
      },
      {
        client:
          '{Tonight at 23:00 would be good.|Tomorrow 06:30 please, before our people start.|Any time between 22 and 24 today.}',
      },
      { note: 'Resize of {host} planned, on-call informed.' },
      {
        later: true,
        support:
          'The resize is done, {host} was offline for {n} minutes. `free -h` shows the new size; the file system has been grown as well.',
      },
    ],
  },
  {
    topic: 'servers',
    type: 'incident',
    summaries: [
      'Snapshot of {host} hangs at {pct} %',
      'Snapshot {ref} of {host} never finishes',
      'Cannot create snapshot of {host}',
    ],
    lines: [
      {
        client:
          '{hello}snapshot `{ref}` of {host} {is at {pct} % since {hm}|has been "in progress" since {hm}} and the buttons for reboot and resize are greyed out meanwhile. {Can you cancel it?|Please cancel it, we need to deploy today.}{bye}',
      },
      {
        support:
          '{greet}the snapshot job had lost its connection to the storage. It is cancelled and the server is unlocked; nothing on the disk was affected. {We have started a new one under your account: it took {n} minutes and is complete.|Please start it again, it should take {n} minutes or less.}{regards}',
      },
      { client: '{New snapshot is there, thanks.|Works now.}' },
    ],
  },
  {
    topic: 'servers',
    type: 'question',
    summaries: [
      'Locked out of SSH on {host}',
      '"Permission denied (publickey)" on {host}',
      'Lost SSH access to {host} after hardening',
    ],
    lines: [
      {
        client:
          '{hello}I {followed a hardening guide|changed sshd_config} on {host} ({ip}) and now every login ends with\n\n```\nroot@{ip}: Permission denied (publickey).\n```\n\nI have the key, but it is not in authorized_keys of the new user. {How do I get in without a reinstall?|Is a reinstall the only way?}{bye}',
      },
      {
        support:
          '{greet}no reinstall needed. Open the web console in the panel (Server, Console), log in as root with the password; if you do not know it, "Reset root password" sets a new one after a reboot. Then put the key into `/home/USER/.ssh/authorized_keys` (mode 600, folder 700) and test from a **second** window before you close the console.{regards}',
      },
      {
        client:
          '{In again. The console was the missing piece.|That worked. The folder had mode 775, sshd was right to refuse.}',
      },
    ],
  },
  {
    topic: 'servers',
    type: 'notice',
    summaries: [
      'Disk of {host} reports errors: replacement needed',
      'Preventive disk replacement in {host}',
      'SMART warning on {host}',
    ],
    lines: [
      {
        support:
          '{greet}our monitoring reports reallocated sectors on the second disk of {host} (report attached). The RAID is complete and no data is at risk, but we would like to replace the disk before it fails. {It is hot-swappable, no downtime; the rebuild takes about {n} hours, during which disk access is slower.|The swap needs no downtime; the rebuild takes about {n} hours with somewhat slower disks.}\n\nMay we do it {tonight|this week}? A recent backup is recommended in any case.{regards}',
        file: 'smart.txt',
      },
      {
        client:
          '{Thanks for watching. Tonight after 22:00 is fine, backup is from this morning.|Please do it tomorrow between 05:00 and 07:00.|OK from our side, any night.}',
      },
      { later: true, support: 'The disk is replaced and the rebuild runs at {pct} MB/s.' },
      {
        later: true,
        support: 'The rebuild has finished without errors; both halves of the mirror are in sync again.',
      },
    ],
  },
  {
    topic: 'servers',
    type: 'incident',
    mayReturn: true,
    summaries: [
      '502 Bad Gateway on {domain}',
      '{domain} answers 502 at peak times',
      'nginx 502 on {host} since {hm}',
    ],
    lines: [
      {
        client:
          '{hello}{domain} on {host} gives "502 Bad Gateway" since {hm}, {about every third request|not always, but often enough to hear from customers}. Error log attached, I cannot make sense of it.{bye}',
        file: 'nginx-error.log',
      },
      {
        support:
          '{greet}the log says that nginx waits for PHP-FPM and finds no free worker. `grep max_children /var/log/php8.3-fpm.log` should confirm it. {Is there a page that got slow lately?|Did anything change today, a campaign or a new plugin?}{regards}',
      },
      {
        client:
          '{You are right: "server reached pm.max_children setting (5)". We sent a newsletter this morning.|Confirmed, max_children (5) reached. And yes, marketing started a campaign without telling us.}',
      },
      {
        support:
          '5 is the default and far too low for {plan}. Set `pm = dynamic`, `pm.max_children = 30`, `pm.start_servers = 6` in www.conf and reload. Each worker of yours takes about 60 MB, so 30 fit comfortably.',
      },
      { later: true, client: '{Not a single 502 in the last hour. Thank you!|Done, gone. Great.}' },
    ],
  },
  {
    topic: 'servers',
    type: 'incident',
    summaries: [
      'Certificate of {domain} was not renewed',
      'Browser warns: certificate of {domain} expired',
      "Let's Encrypt renewal fails for {domain}",
    ],
    lines: [
      {
        client:
          '{hello}browsers warn about {domain} since this morning, the certificate ran out at {hm}. I thought it renews itself? {Customers are already calling.|This is our main site.}{bye}',
      },
      {
        support:
          '{greet}the renewal failed because {domain} also has an AAAA record that points to an old address, and the check goes there first. We have corrected the record and renewed by hand: the new certificate is live and valid for 90 days.{regards}',
      },
      {
        client:
          '{Thanks, the warning is gone. Where did that AAAA record come from?|Good again. How can we notice this earlier next time?}',
      },
      {
        support:
          '{It was set when the site moved here; the old provider had IPv6.|The record had been there since the move to us.} From now on the panel mails {mailbox} when a renewal fails, 20 days before the end.',
      },
    ],
  },
  {
    topic: 'servers',
    type: 'question',
    mayReturn: true,
    summaries: [
      'Cron job on {host} does not run',
      'Nightly cron of {login} stopped working',
      'Cron runs by hand but not at night',
    ],
    lines: [
      {
        client:
          '{hello}our nightly job on {host} has not run since {day}:\n\n```\n30 2 * * * /home/{login}/bin/export.sh > /dev/null 2>&1\n```\n\nBy hand it works. {Is cron running at all?|What are we missing?}{bye}',
      },
      {
        support:
          '{greet}cron runs it every night, but the script ends at once: cron has a short PATH, and `export.sh` calls `psql` and `aws` without their folders. The redirection to /dev/null hides the message. Add `PATH=/usr/local/bin:/usr/bin:/bin` at the top of the crontab and send the output to a file instead.{regards}',
      },
      {
        later: true,
        client:
          '{It says "aws: command not found", indeed. Fixed, thanks.|Ran tonight at 02:30 as it should. Thank you.}',
      },
    ],
  },
  {
    topic: 'servers',
    type: 'request',
    summaries: [
      'Restore a folder from the backup of {host}',
      'Please restore /var/www/{domain} from {day}',
      'Deleted by mistake: backup of {host} needed',
    ],
    lines: [
      {
        client:
          '{hello}a colleague ran a clean-up script on the wrong server and /var/www/{domain}/uploads is empty. Could you restore the folder from the backup of {day}? {Please do not overwrite anything else, the database is fine.|Only this folder, please.}{bye}',
      },
      {
        support:
          '{greet}we have the backup of {day}, 03:10. We restore the folder next to the original as `uploads.restored`, so that nothing is overwritten; it is about {gb} GB and takes half an hour.{regards}',
      },
      {
        support:
          'The restore is complete: {gb} GB, owner and permissions as in the backup. Please check it and rename it yourself.',
      },
      {
        client:
          '{Everything there. You saved our week!|Checked and renamed. Thank you so much.|Perfect, thank you {agent}.}',
      },
    ],
  },
  {
    topic: 'network',
    type: 'incident',
    mayReturn: true,
    summaries: [
      'Packet loss to {ip}',
      'Loss of {dd} % between our office and {host}',
      'Bad connection to {host} in the evenings',
    ],
    lines: [
      {
        client:
          '{hello}since {yesterday evening|{hm}} we lose packets on the way to {host} ({ip}). mtr from our office attached; it looks as if it starts inside your network.{bye}',
        file: 'mtr.txt',
      },
      {
        support:
          '{greet}thank you for the mtr, that helps. {Loss on a single hop in the middle is harmless when the following hops have none, but here it stays until the end.|Here the loss continues to the last hop, so it is real.} Could you also send one in the other direction? `mtr -rwbc 200 YOUR_IP` on the server.{regards}',
      },
      {
        client:
          '{The other direction is clean until {bad_ip}, then {n} % on every hop.|Reverse is clean for the first hops, loss begins at {bad_ip}.} Our provider says they see nothing.',
      },
      {
        note: 'AS{asn} congested at the Frankfurt exchange, NOC opened a case with them. Moved the prefix to the second upstream.',
      },
      {
        support:
          'The loss came from a congested peering with AS{asn}. We have moved the traffic to your provider to another carrier at {just}. Do you still see any loss?',
      },
      {
        later: true,
        client: '{0 % over 500 packets. Perfect.|Clean since then, even during the evening. Thanks!}',
      },
    ],
  },
  {
    topic: 'network',
    type: 'question',
    summaries: ['IPv6 on {host} does not work', 'No IPv6 route on {host}', '{ip6} unreachable from outside'],
    lines: [
      {
        client:
          '{hello}I set {ip6} on {host} as the panel says, but `ping -6` ends in "Network is unreachable". {What gateway should I use?|Is there something to enable first?}{bye}',
      },
      {
        support:
          '{greet}the gateway is `fe80::1` on the same interface; it is link-local, so the interface has to be named. For netplan:\n\n```\nroutes:\n  - to: "::/0"\n    via: "fe80::1"\n    on-link: true\n```\n\nthen `netplan apply`.{regards}',
      },
      {
        client:
          '{on-link was what I missed. Works.|Working, thank you. Maybe put fe80::1 into the panel as well?}',
      },
    ],
  },
  {
    topic: 'network',
    type: 'request',
    summaries: [
      'Private network between {host} and {host2}',
      'Connect {host} and {host2} by VLAN',
      'Database traffic over a private network',
    ],
    lines: [
      {
        client:
          '{hello}we want the traffic between {host} and {host2} off the public interface. Can both join a private network, and what does it cost?{bye}',
      },
      {
        support:
          '{greet}private networks are free within one location, up to 10 Gbit/s. We have made network `priv-{ref}` with 10.0.{n}.0/24 and attached both servers; a new interface appears without a reboot. Addresses: {host} gets 10.0.{n}.11, {host2} gets 10.0.{n}.12 by DHCP.{regards}',
      },
      {
        client:
          '{Interfaces are there and see each other. What about the MTU?|Both up. Can we use jumbo frames?}',
      },
      {
        support:
          '8950 is the largest MTU inside the private network. Set it on both sides, or some connections will hang after the first packets.',
      },
    ],
  },
  {
    topic: 'network',
    type: 'incident',
    summaries: [
      '{ip} is null-routed?',
      'DDoS on {host}, site not reachable',
      '{host} under attack since {hm}',
    ],
    lines: [
      {
        client:
          '{hello}{host} is unreachable since {hm}, and the panel says "attack mitigation active". {What is going on and how long will it last?|When will {ip} be back?}{bye}',
      },
      {
        support:
          '{greet}since {hm} {ip} receives an attack of about {dd} Gbit/s (UDP, mostly DNS amplification). To protect the rest of the network the address was filtered at the border. The filter for UDP is in place now and {ip} is reachable again; traffic is cleaned as long as the attack lasts. Graph attached.{regards}',
        file: 'traffic.png',
      },
      {
        client:
          '{We are reachable again. Do we need to do anything on our side?|Site loads again. Anything to be done on our side?}',
      },
      {
        support:
          'Nothing urgent. If you do not need UDP from outside, add a rule for it in the panel (Network, Firewall): then the next one ends at the border from its first second. The attack stopped at {just}.',
      },
      { client: '{Rule added. Thank you for the quick reaction.|Done, thanks!}' },
    ],
  },
  {
    topic: 'network',
    type: 'request',
    summaries: [
      'Open port 25 for {ip}',
      'Outgoing port 25 blocked on {host}',
      'Please unblock SMTP on {host}',
    ],
    lines: [
      {
        client:
          '{hello}{host} will send {confirmations|reminders|our monthly newsletter} for {domain}, but outgoing connections to port 25 time out. Please open it.{bye}',
      },
      {
        support:
          '{greet}port 25 is closed on new servers to keep our networks off block lists. We open it gladly once these are in place: a PTR record for {ip} that matches the HELO name, SPF and DKIM for {domain}, and a short word on how many mails a day and how recipients unsubscribe.{regards}',
      },
      {
        client:
          'PTR is mail.{domain}, SPF and DKIM are set. About {dd}0 mails a day, all to our own customers, unsubscribe link in every one.',
      },
      {
        support:
          'Thank you, all of it checks out. Port 25 is open for {ip} since {just}; a first test from here was accepted.',
      },
    ],
  },
  {
    topic: 'billing',
    type: 'request',
    summaries: [
      'VAT number missing on invoice {invoice}',
      'Correct the address on invoice {invoice}',
      'Invoice {invoice}: wrong company data',
    ],
    lines: [
      {
        client:
          '{hello}invoice {invoice} ({sum}) was made out {without our VAT number|to our old address}. Our accountants cannot book it like this. {Could you issue a corrected one?|Please send a correction.}{bye}',
      },
      {
        support:
          '{greet}the company data of your account is updated, and invoice {invoice} has been cancelled and issued anew with today’s date. {You find both under Billing, Documents.|Both are in the panel under Billing.} Nothing changes in the amount.{regards}',
      },
      { client: '{Received, thank you.|Our bookkeeping is happy. Thanks.}' },
    ],
  },
  {
    topic: 'billing',
    type: 'incident',
    summaries: ['Charged twice for {host}', 'Double payment of {sum}', 'Invoice {invoice} paid twice'],
    lines: [
      {
        client:
          '{hello}our card ending in {card} was charged twice with {sum} on {day}. Export of our bank attached. Only one of the two belongs to invoice {invoice}.{bye}',
        file: 'charges.csv',
      },
      {
        note: 'Second charge is a retry after a timeout at the payment provider, ref {ref}. Refund it and tell finance.',
      },
      {
        support:
          '{greet}you are right and we are sorry: the payment provider did not confirm the first charge in time, so it was repeated. {The second one is refunded, reference {ref}; it takes 3 to 5 working days to arrive.|We have refunded the second one (reference {ref}); banks take 3 to 5 working days.}{regards}',
      },
      { client: '{Thanks. Will this happen again next month?|OK. Should we expect the same next month?}' },
      {
        support:
          'No, the provider has corrected it, and our side now recognises such a repetition and refuses it.',
      },
      { later: true, client: '{The refund arrived today.|Money is back, you can close this.}' },
    ],
  },
  {
    topic: 'billing',
    type: 'incident',
    summaries: [
      'Card declined, {host} suspended',
      'Service suspended although invoice {invoice} was paid',
      '{host} switched off because of a failed payment',
    ],
    lines: [
      {
        client:
          '{hello}{host} was suspended today because "the payment failed". {Our card was renewed last month, the new one is in the panel.|We paid {invoice} by bank transfer on {day}.} Please switch it on, {our customers see an error page|our site is down|people are complaining already}!{bye}',
      },
      {
        support:
          '{greet}{host} runs again since {just}. {The old card was still set as the default one; the new one is now.|The transfer had arrived without the invoice number and was waiting for somebody to match it.} {sum} for {invoice} is booked, nothing is due.{regards}',
      },
      {
        client:
          '{Up again, thanks. A mail before switching off would have been kind.|Thank you, that was quick.}',
      },
      {
        support:
          'There had been two, to an address that is no longer in use; from today reminders also go to the technical contact.',
      },
    ],
  },
  {
    topic: 'billing',
    type: 'request',
    summaries: [
      'Cancel {host2} at the end of the month',
      'Refund for unused months of {host2}',
      'Cancellation of {host2}',
    ],
    lines: [
      {
        client:
          '{hello}we no longer need {host2} and have moved everything away. Please cancel it {at the end of the month|as soon as possible}. It is paid until next year: {is the rest refunded?|do we get the rest back?}{bye}',
      },
      {
        support:
          '{greet}{host2} is set to end on the last day of this month; until then you can take the cancellation back in the panel. The unused part, {sum}, becomes credit at once, or goes back to the card ending in {card} if you prefer. After that day all data, snapshots included, is deleted.{regards}',
      },
      { client: '{Credit is fine, we have other servers with you.|To the card, please.}' },
      { support: 'Booked as you wish. Thank you for having had {host2} with us.' },
    ],
  },
  {
    topic: 'billing',
    type: 'question',
    summaries: [
      'Discount for annual payment?',
      'Quote for {n} more servers',
      'Prices for paying a year ahead',
    ],
    lines: [
      {
        client:
          '{hello}we plan {n} more servers like {host} ({plan}). What would it cost if we paid for a year ahead? {Our board needs an offer in writing.|A PDF would help for the purchase department.}{bye}',
      },
      {
        support:
          '{greet}for a year ahead there are 10 % off, from five servers on 15 %. With your present ones that makes {total} a month for the new ones. The offer is attached to your account under Billing, Documents, and valid for 30 days.{regards}',
      },
      {
        later: true,
        client:
          '{The board has agreed. Do we order in the panel, or by mail?|Approved! How do we order with this discount?}',
      },
      {
        support:
          'Order as usual and choose "Annual" as period: the discount is stored in the account and applied by itself.',
      },
    ],
  },
  {
    topic: 'billing',
    type: 'notice',
    summaries: [
      'Invoice {invoice} is overdue',
      'Payment reminder: invoice {invoice}',
      'Reminder: {sum} due since {day}',
    ],
    lines: [
      {
        support:
          '{greet}invoice {invoice} of {sum} has been open since {day}. {Perhaps it escaped your attention.|It may well have crossed with your payment; in that case please ignore this.} You can pay it by card in the panel, or by transfer with {invoice} as reference. Services continue for now and would be suspended on {later}.{regards}',
      },
      {
        client:
          '{Sorry, our accountant was on holiday. Paid today.|Transferred this morning, should arrive tomorrow.}',
      },
      { later: true, support: 'The payment has arrived, the invoice is settled. Thank you!' },
    ],
  },
  {
    topic: 'domains',
    type: 'question',
    summaries: [
      'Transfer of {domain2} to you',
      'Auth code for {domain2} refused',
      'How do I move {domain2} to Northbay?',
    ],
    lines: [
      {
        client:
          '{hello}we would like to bring {domain2} to you. I entered the auth code in the panel and got "object status prohibits operation". {What does that mean?|Where is the problem?}{bye}',
      },
      {
        support:
          '{greet}the domain is still locked at the present registrar (status clientTransferProhibited). Please switch off the transfer lock there and start again; the same code remains valid. The transfer then takes up to five days, {name servers stay as they are, so nothing is interrupted.|the site stays reachable all the time.}{regards}',
      },
      { client: '{Lock is off, started again. Status "pending".|They unlocked it today. Pending now.}' },
      {
        later: true,
        support: '{domain2} has arrived: renewed by one year, contacts taken over, transfer lock set again.',
      },
    ],
  },
  {
    topic: 'domains',
    type: 'incident',
    summaries: [
      '{domain2} expired yesterday!',
      'Domain {domain2} not renewed, what now?',
      'Urgent: {domain2} shows a parking page',
    ],
    lines: [
      {
        client:
          '{hello}{domain2} shows a parking page since {hm}. It seems that it was not renewed. {We never got a mail!|Auto-renewal was on, I am sure.} Can it be saved?{bye}',
      },
      {
        support:
          '{greet}it can: the domain is in its grace period and costs only the normal price. The renewal failed since the card on file had expired, and the mails went to {mailbox2}. If you confirm {fee}, we renew it at once.{regards}',
      },
      { client: '{Confirmed, please renew.|Yes!! Renew it for two years please.}' },
      {
        support:
          'Renewed. Name servers are active again; most resolvers follow within an hour. We also added {mailbox} as a second address for renewal mails.',
      },
      { client: '{Back online here. Phew.|Works. Thank you for the fast help.}' },
    ],
  },
  {
    topic: 'domains',
    type: 'notice',
    summaries: [
      'Please confirm the contact data of {domain}',
      'Verification of the registrant of {domain2}',
      'Action needed: contact of {domain}',
    ],
    lines: [
      {
        support:
          '{greet}the registry asks us to verify the registrant of {domain} after the recent change of address. Please open the link in the mail that we sent to {mailbox} and confirm until {later}; otherwise the registry suspends the domain.{regards}',
      },
      {
        client:
          '{I cannot find that mail, not in spam either. Can you send it again?|Could you send it to {mailbox2} instead? {mailbox} belongs to somebody who left.}',
      },
      {
        support:
          '{Sent again just now|Sent to the other address}, from verify@northbay.example. The link is valid for 72 hours.',
      },
      { client: '{Confirmed.|Done, it says "verified".}' },
    ],
  },
  {
    topic: 'dns',
    type: 'incident',
    summaries: [
      '{domain} does not resolve with some providers',
      'SERVFAIL for {domain} after name server change',
      'DNSSEC problem with {domain}',
    ],
    lines: [
      {
        client:
          '{hello}since we moved {domain} to your name servers {some visitors|our colleagues at home} get no answer. `dig {domain} @1.1.1.1` says SERVFAIL, other resolvers are fine.{bye}',
      },
      {
        support:
          '{greet}at the registry there is still a DS record of the former provider, so validating resolvers reject the answers. {Please delete it at the registrar (DNSSEC, "Remove DS").|It has to be removed at your registrar.} After that you can switch DNSSEC on in our panel, which gives you a new one.{regards}',
      },
      { client: '{Removed the DS. How long until it works everywhere?|DS is gone. Now we wait?}' },
      {
        support:
          'The DS has a life of one hour at this registry: by {soon} all resolvers will have forgotten it. From here 1.1.1.1 already answers with {ip}.',
      },
      { later: true, client: '{Works everywhere we tried.|Confirmed from three providers. Thanks!}' },
    ],
  },
  {
    topic: 'dns',
    type: 'request',
    summaries: ['PTR record for {ip}', 'Reverse DNS of {host}', 'Please set rDNS {ip} to mail.{domain}'],
    lines: [
      {
        client:
          '{hello}please set the reverse DNS of {ip} to mail.{domain}{.|, and of {ip6} too.} {The panel says "forward record does not match".|The panel refuses it.}{bye}',
      },
      {
        support:
          '{greet}the panel wants mail.{domain} to point to {ip} first, and at the moment it points to {bad_ip}. {Once you correct the A record, the PTR can be set at once.|Could you change the A record? Then it goes through.}{regards}',
      },
      { client: '{Corrected, that was our old server.|A record fixed.}' },
      { support: 'Thank you, the PTR of {ip} is mail.{domain} now.' },
    ],
  },
  {
    topic: 'dns',
    type: 'question',
    summaries: [
      'DKIM key too long for a TXT record',
      'TXT record for {domain} is cut off',
      'Cannot save DKIM record of {domain}',
    ],
    lines: [
      {
        client:
          '{hello}I try to add a 2048-bit DKIM key as TXT of `s{n}._domainkey.{domain}` and the panel says "value too long". Do I have to use a shorter key?{bye}',
      },
      {
        support:
          '{greet}no, 2048 bits are right. One string inside a TXT record holds 255 characters, so the key is written as two strings: `"v=DKIM1; k=rsa; p=MIIBIjANBg..." "...QIDAQAB"`. {The order matters, the place of the cut does not.|Cut it anywhere, keep the order.}{regards}',
      },
      {
        client: '{Saved, and the DKIM checker is green.|Works like this. The panel could do that by itself!}',
      },
      { support: 'We have passed that on to the developers of the panel. Thank you.' },
    ],
  },
  {
    topic: 'mail',
    type: 'incident',
    mayReturn: true,
    summaries: [
      'Our mails land in spam',
      'Mails from {domain} go to spam at big providers',
      'Deliverability of {domain}',
    ],
    lines: [
      {
        client:
          '{hello}since {about a week|{day}} mails from {mailbox} land in the spam folder of {most|many} recipients. Headers of one of them attached.{bye}',
        file: 'headers.eml',
      },
      {
        support:
          '{greet}the headers show two things: `spf=softfail`, since your {newsletter tool|web shop} sends from {bad_ip}, which is not in the SPF record, and `dkim=none`. We suggest:\n\n```\n{domain}. TXT "v=spf1 mx ip4:{bad_ip} -all"\n```\n\nand DKIM switched on under Mail, Domains. DMARC can follow a week later with `p=none`.{regards}',
      },
      { client: '{Both done. How do I test it?|Changed both records just now. Is there a test?}' },
      {
        support:
          'Send a mail to check@northbay.example: the answer lists what receivers see. We ran it for you once: SPF pass, DKIM pass. Reputation recovers within a few days.',
      },
      { later: true, client: '{Inbox again since yesterday. Thanks a lot!|Looks much better now.}' },
    ],
  },
  {
    topic: 'mail',
    type: 'question',
    summaries: [
      'Mailbox {mailbox} is full',
      'Cannot receive mail: quota exceeded',
      'More space for {mailbox}',
    ],
    lines: [
      {
        client:
          '{hello}people who write to {mailbox} get "552 5.2.2 mailbox full". {We deleted a lot already, it did not help.|But there is hardly anything in the inbox?}{bye}',
      },
      {
        support:
          '{greet}the mailbox holds {n} GB, of which most is in the folder "Sent" and in the trash, which is not emptied by itself. {You can empty it in webmail, or we raise the quota.|We raised the quota by 2 GB for now, so mail arrives again at once.} 10 GB more for good are €2.50 a month.{regards}',
      },
      {
        client:
          '{The trash is empty now, but we will take the 10 GB as well.|We will take the 10 GB, please.}',
      },
      {
        support:
          'Done: {mailbox} holds 10 GB more since {just}, and the first month is on us for the trouble.',
      },
    ],
  },
  {
    topic: 'mail',
    type: 'incident',
    summaries: ['{ip} on a block list', 'Mails rejected: "listed at zen"', '550 rejected, IP {ip} listed'],
    lines: [
      {
        client:
          '{hello}our mails from {host} come back:\n\n```\n550 5.7.1 Service unavailable; client [{ip}] blocked\n```\n\n{Can you get us off the list?|We never sent spam. Can you help?}{bye}',
      },
      {
        note: 'Listed since {hm}, spam trap hit. Looks like the contact form of {domain}. Check before delisting.',
      },
      {
        support:
          '{greet}{ip} was listed at {hm} after hits in spam traps. In /var/log/mail.log there are some {dd}00 mails sent by the user {login}: the contact form of {domain} lets strangers choose the recipient. {Please close the form or put a captcha in front; after that we request the delisting.|As soon as the form is fixed we will ask for removal.}{regards}',
      },
      {
        client:
          '{Form is off. You were right, there are hundreds in the queue.|We have taken the form down and emptied the queue.}',
      },
      {
        support:
          'Removal requested and granted; mails are accepted again. It is worth limiting the local mail rate, e.g. 60 an hour for {login}.',
      },
      { client: '{Mails go through. Thank you, we learned our lesson.|Works. Thanks, {agent}.}' },
    ],
  },
  {
    topic: 'mail',
    type: 'question',
    summaries: [
      'IMAP login fails after password change',
      'Cannot log in to {mailbox}',
      '"Too many failed logins" for {mailbox}',
    ],
    lines: [
      {
        client:
          '{hello}I changed the password of {mailbox} and now neither the phone nor the laptop gets in, webmail works. {Is the new password not active yet?|Does it take time?}{bye}',
      },
      {
        support:
          '{greet}the password is active. An older device still tries the former one every minute, and after 20 failures the address of your office is blocked for an hour. We lifted the block for {bad_ip}; please find the device (it calls itself "{iPad Mail|Outlook 16|Thunderbird}") and change the password there.{regards}',
      },
      {
        client:
          '{It was the tablet at the front desk. Works now.|Found it, an old laptop in the meeting room. Thanks.}',
      },
    ],
  },
  {
    topic: 'databases',
    type: 'incident',
    mayReturn: true,
    summaries: [
      '"Too many connections" on {db}',
      'Database {db} refuses connections',
      'FATAL: remaining connection slots are reserved ({db})',
    ],
    lines: [
      {
        client:
          '{hello}since {hm} our application gets\n\n```\nFATAL: remaining connection slots are reserved for roles with the SUPERUSER attribute\n```\n\nfrom the managed database {db}. {We did not change anything.|The load is the same as ever.}{bye}',
      },
      {
        support:
          '{greet}{db} allows 100 connections and all of them are taken, {pct} of them "idle in transaction" since {hm}: one of your workers opens a transaction and never ends it. We ended those sessions, so you can connect again.{regards}',
      },
      { client: '{Works for now. Which worker is it?|OK, back. How do we find the culprit?}' },
      {
        support:
          'The sessions come from {ip}, application_name `{login}-worker`. Two safety nets: `idle_in_transaction_session_timeout = 60s` for that role, and the built-in pooler on port 6432.',
      },
      {
        later: true,
        client:
          '{Timeout set, and the bug is found: an HTTP call inside the transaction. Thank you!|We switched to the pooler, works fine.}',
      },
    ],
  },
  {
    topic: 'databases',
    type: 'request',
    summaries: [
      'Restore one table of {db}',
      'Point-in-time restore of {db} to {hm}',
      'DELETE without WHERE in {db}',
    ],
    lines: [
      {
        client:
          '{hello}{I ran|a colleague ran} a DELETE without WHERE on the table `{table}` in {db} at about {hm}. Can we get the state of one minute before? {We stopped the application.|The application is stopped, nothing is written.}{bye}',
      },
      {
        support:
          '{greet}stopping it was the right thing to do. We restore {db} as of one minute before {hm} into a new database `{db}_restored`, so you can copy back what you need. It takes about {dd} minutes.{regards}',
      },
      {
        support:
          '`{db}_restored` is ready, same user and password. To copy the table:\n\n```\npg_dump -t {table} {db}_restored | psql {db}\n```\n\nPlease drop the copy when you no longer need it; it is free for a week.',
      },
      {
        client:
          '{All rows are back. I owe you a beer.|Table restored, application is up again. Thank you, thank you.}',
      },
    ],
  },
  {
    topic: 'databases',
    type: 'question',
    summaries: [
      'Queries slow after upgrade of {db}',
      '{db} much slower since the new version',
      'Slow report queries on {db}',
    ],
    lines: [
      {
        client:
          '{hello}after the upgrade of {db} on {day} a report that took 2 seconds takes {dd}. Slow log attached.{bye}',
        file: 'slow.log',
      },
      {
        support:
          '{greet}in the log nearly all the time goes into one query on `{table}` that reads {pct}0 000 rows to return {dd}. After a major upgrade the statistics are empty until ANALYZE has run, so the planner guesses. {We ran `ANALYZE` on the whole database just now.|Please run `ANALYZE;` once (a few minutes, no locks).} Is it better?{regards}',
      },
      { client: '{Down to 3 seconds. Can we get the last second too?|Much better, 2.5 s.}' },
      {
        support:
          'An index on `{table} (customer_id, created_at)` would save the sort. `create index concurrently` does it without stopping writes.',
      },
      { client: '{0.1 s. Wow.|Index is there, the report is instant. Thanks!}' },
    ],
  },
  {
    topic: 'databases',
    type: 'incident',
    mayReturn: true,
    summaries: [
      'Replica of {db} lags behind',
      'Replication lag on {db}: {dd} minutes',
      'Stale reads from the replica of {db}',
    ],
    lines: [
      {
        client:
          '{hello}the replica of {db} is {dd} minutes behind since {hm}, our dashboards show old numbers. {Is something wrong on your side?|Anything wrong with the host?}{bye}',
      },
      {
        support:
          '{greet}a long query on the replica itself holds replay back: a report by `{login}` that runs since {hm}. With `max_standby_streaming_delay = -1`, as you have it, the replica waits for it. {May we end that query?|Shall we end it?}{regards}',
      },
      { client: '{Yes, kill it. That is our monthly report.|Please do, we will run it at night.}' },
      {
        support:
          'Ended; the replica caught up within {n} minutes. A delay of `5min` would be a good compromise for the setting.',
      },
    ],
  },
  {
    topic: 'abuse',
    type: 'notice',
    summaries: [
      'Phishing page reported on {domain2}',
      'Abuse report: phishing at {ip}',
      'Urgent: phishing reported on {host}',
    ],
    lines: [
      {
        support:
          '{greet}we received a report of a phishing page on your server {host} ({ip}):\n\nhttp://{domain2}/wp-content/uploads/secure/login.php\n\nPlease remove it within 24 hours and tell us how it got there. Access log of the address attached. {If we do not hear from you we have to block the address.|Otherwise we would have to disconnect the server.}{regards}',
        file: 'access.log',
      },
      {
        client:
          '{We had no idea. The page is deleted, looks like an outdated plugin.|Removed. A form plugin two years behind, it seems.} What else should we check?',
      },
      {
        support:
          'Thank you for the quick reaction. Please also look for: other PHP files under uploads (`find wp-content/uploads -name "*.php"`), unknown administrators, changed cron jobs, and replace all passwords. Tell us when it is done and we will answer the reporter.',
      },
      {
        client:
          '{Two more files and one unknown admin found. All removed, passwords changed, plugin updated.|Done: one more backdoor removed, WordPress and plugins updated, passwords changed.}',
      },
      {
        support:
          'The page is gone from here too, and the report is answered. Thank you for taking it seriously.',
      },
    ],
  },
  {
    topic: 'abuse',
    type: 'notice',
    summaries: ['Outgoing spam from {host}', 'Your server {host} sends spam', 'Spam run from {ip} stopped'],
    lines: [
      {
        support:
          '{greet}since {hm} {host} sent about {dd}00 mails that receivers reported as spam. Outgoing port 25 of {ip} is closed for now, everything else keeps working. An excerpt of the mail log is attached: the sender is the system user {login}.{regards}',
        file: 'mail.log',
      },
      {
        client:
          '{We found a PHP script in the cache folder that does not belong there. Deleted.|A hacked contact form. We took the site offline.} When will the port be open again?',
      },
      {
        support:
          'As soon as the cause is closed. Is the gap known through which the script came in? Otherwise it will be back within days.',
      },
      {
        later: true,
        client:
          '{An old version of the file manager, updated now. FTP passwords changed as well.|Weak FTP password, changed now, and FTP is off.}',
      },
      { support: 'Thank you. Port 25 is open again since {just}; we keep an eye on the rate.' },
    ],
  },
  {
    topic: 'abuse',
    type: 'notice',
    summaries: [
      'SSH scans from {ip}',
      'Complaint: brute force from {host}',
      'Your server attacks others: {ip}',
    ],
    lines: [
      {
        support:
          '{greet}another network complains about SSH login attempts from {host} ({ip}), last seen at {hm}:\n\n```\n{syslog} sshd[{pid}]: Failed password for root from {ip} port {port} ssh2\n{syslog} sshd[{pid}]: Failed password for admin from {ip} port {port} ssh2\n```\n\nPlease check whether the server is compromised and answer within 48 hours.{regards}',
      },
      {
        client:
          '{There is a process "kswapd00" at 100 % CPU under the user {login}. Is that it?|Found a miner in /tmp and a new key in authorized_keys of {login}.}',
      },
      {
        support:
          'Yes, a well-known one. Since nobody can say what else was changed, a clean reinstall from a backup before {day} is the safe way. We can keep the old disk attached for a week for your data.',
      },
      {
        later: true,
        client:
          '{Reinstalled from the backup, passwords off, keys only.|OK, new server is up, old one can be deleted.}',
      },
      { support: 'No further attempts since. The complaint is closed, thank you.' },
    ],
  },
  {
    topic: 'other',
    type: 'question',
    summaries: [
      'API: creating servers from Terraform fails',
      'Terraform provider: 403 on create',
      'API token without rights for servers',
    ],
    lines: [
      {
        client:
          '{hello}`terraform apply` stops with\n\n```\nError: 403 Forbidden: token lacks scope "servers:write"\n```\n\nI made the token yesterday in the panel. {Where do I set the scope?|I see no place to choose scopes.}{bye}',
      },
      {
        support:
          '{greet}scopes are chosen when a token is made and cannot be changed later. Under Account, API tokens, "New token", please tick servers (read and write) and networks (read), then put it into `NORTHBAY_TOKEN`. The old one can be revoked.{regards}',
      },
      {
        client: '{Plan and apply work. Thanks.|That was it, the new token works.}',
      },
    ],
  },
  {
    topic: 'other',
    type: 'request',
    summaries: [
      'Access for a new colleague',
      'Change of the technical contact',
      'Remove a former colleague from the account',
    ],
    lines: [
      {
        client:
          '{hello}{a colleague|our administrator} leaves us at the end of the month. Please remove the login {login} and make {mailbox} the technical contact. {Servers and tickets should stay as they are.|What happens to the tickets opened under that name?}{bye}',
      },
      {
        support:
          '{greet}done: {login} can no longer sign in, open sessions are ended and the two API tokens of that person are revoked. {mailbox} has received an invitation. Tickets belong to the account and stay visible to all of you.{regards}',
      },
      { client: '{Invitation accepted, thank you.|Perfect.}' },
    ],
  },
  {
    topic: 'other',
    type: 'question',
    summaries: [
      'Data processing agreement and ISO certificate',
      'DPA for our auditors',
      'Questions of our data protection officer',
    ],
    lines: [
      {
        client:
          '{hello}for our yearly audit we need the signed data processing agreement, the list of subprocessors and the ISO 27001 certificate. {Where can I find them?|Could you send them?} Deadline is {later}.{bye}',
      },
      {
        support:
          '{greet}all three are in the panel under Account, Compliance; the agreement can be signed there electronically and comes back countersigned within a day. {The certificate is valid until next summer.|The list of subprocessors is dated last month.}{regards}',
      },
      {
        later: true,
        client:
          '{Signed. Our auditor also asks where the backups are stored.|Found. One more: in which country are backups stored?}',
      },
      {
        support:
          'Backups stay in the European Union: a second data centre of ours, {dd} km away from the first, encrypted before they leave the server.',
      },
      { client: '{That is all they wanted. Thank you!|Great, thanks.}' },
    ],
  },
  {
    topic: 'other',
    type: 'question',
    summaries: [
      'Availability report for the last quarter',
      'SLA report for {host}',
      'Uptime figures for our customer',
    ],
    lines: [
      {
        client:
          '{hello}{a customer of ours|our management} asks for the availability of {host} over the last quarter. {Do you have a report?|Can you provide figures?}{bye}',
      },
      {
        support:
          '{greet}{host} was reachable 99.99{n} % of the last quarter. The only interruption was the announced maintenance of {n} minutes, which does not count. The figures per day are attached.{regards}',
        file: 'availability.csv',
      },
      { client: '{Exactly what I needed.|Thank you, forwarded.}' },
    ],
  },
  {
    topic: 'network',
    type: 'notice',
    summaries: [
      'Planned network maintenance on {later}',
      'Maintenance of our border routers, {later}',
      'Announcement: network work in the night of {later}',
    ],
    lines: [
      {
        support:
          '{greet}on {later} between {window} UTC we update the border routers of the location in which {host} runs. Traffic moves to the second router meanwhile; {expect one or two interruptions of less than 30 seconds.|an interruption of some seconds is possible, twice.} You need not do anything.{regards}',
      },
      { client: '{Does it affect {host2} as well?|Is {host2} included?}' },
      { support: '{Yes, both run in the same location.|No, {host2} is in another location.}' },
    ],
  },
  {
    topic: 'servers',
    type: 'notice',
    summaries: [
      'Reboot of {host} for a security update',
      'Security maintenance of {node}',
      '{host} will be restarted on {later}',
    ],
    lines: [
      {
        support:
          '{greet}the host system {node}, on which {host} runs, needs a firmware update against a processor vulnerability. On {later} between {window} UTC your server is shut down in order and started again, about {dd} minutes in all. {If that does not suit you, answer here and we move {host} to an updated node beforehand, without a reboot.|Should you prefer another time, tell us here.}{regards}',
      },
      { client: '{The time suits us.|We would rather be moved beforehand, please.}' },
      {
        support:
          '{Noted, thank you.|{host} was moved at {just} by live migration and is not affected any more.}',
      },
    ],
  },
  {
    topic: 'servers',
    type: 'notice',
    summaries: [
      'What happened on {day}: interruption of {node}',
      'Report on the outage of {node}',
      'Outage on {day}: cause and credit',
    ],
    lines: [
      {
        support:
          '{greet}on {day} from {hm} on {host} was not reachable for {dd} minutes. A power supply of {node} failed and its twin did not take the full load. The server was started on a spare node; the power supplies of this series are replaced everywhere by {later}.\n\nWe apologise. {sum} have been credited to your account, as the SLA provides.{regards}',
      },
    ],
  },
  {
    topic: 'other',
    summaries: [
      'Increase your ranking, guaranteed first page',
      'Partnership proposal for your website',
      'Web design offer for {company}',
    ],
    closed: 'spam',
    lines: [
      {
        client:
          'Dear Sir or Madam,\n\nI was on your website and noticed {some errors that cost you visitors|that you are not on the first page for your keywords}. We are a team of {dd} SEO experts and can bring you to the top in 30 days. May I send you our price list?\n\nBest,\nJessica\nOnline Marketing Consultant',
      },
      { note: 'Sent through a public form of the client with our address as recipient. Spam.' },
    ],
  },
  {
    topic: 'servers',
    summaries: ['{host} down!!!', 'Server {host} offline', 'HELP {host} not reachable'],
    closed: 'duplicate',
    needsColleague: true,
    lines: [
      { client: '{host} {is down, please check|not reachable!!|offline since {hm}}' },
      {
        support:
          '{greet}we are already on it in the ticket that your colleague opened {n} minutes ago, so we close this one and go on there.{regards}',
      },
    ],
  },
  {
    topic: 'servers',
    type: 'request',
    summaries: [
      'New server, and a question on invoice {invoice}',
      'Two things: PHP version on {host} and an invoice',
      '{host}: PHP update (and billing)',
    ],
    lines: [
      {
        client:
          '{hello}please update PHP on {host} from 8.1 to 8.3{.|. Our developers say the site is ready.}{bye}',
      },
      {
        client:
          'Another thing while I am at it: on invoice {invoice} there is a position "Additional IPv4" for {fee}. We gave that address back on {day}. Could you check?',
      },
      {
        support:
          '{greet}PHP 8.3 is installed beside 8.1 and {domain} switched over; the error log has been quiet for {dd} minutes. 8.1 stays for a week in case you want to go back.{regards}',
      },
    ],
    split: {
      lines: [1],
      summary: 'Invoice {invoice}: additional IPv4 address',
      notice:
        'I moved your question on the invoice to a ticket of its own, #{split}, so that our accounting sees it.',
      there: [
        {
          support:
            'Hello, accounting here. You are right, the address was given back on {day} and should have left the bill. {fee} are credited with the next invoice.',
        },
        { client: '{Great, thanks for checking.|Perfect, thank you.}' },
      ],
    },
  },
  {
    topic: 'mail',
    type: 'question',
    summaries: [
      'Forwarding for {mailbox}, and renewing {domain2}',
      'Mail forwarding + domain renewal',
      'Vacation forwarding of {mailbox}',
    ],
    lines: [
      { client: '{hello}how do I forward {mailbox} to {mailbox2} for two weeks, but keep a copy?{bye}' },
      {
        support:
          '{greet}in webmail under Settings, Forwarding: enter {mailbox2} and tick "Keep a copy". An end date can be set there too.{regards}',
      },
      {
        client:
          '{Found it, thanks!|Works.} By the way, {domain2} runs out on {later} and I see no renew button. Can you renew it for two years?',
      },
    ],
    split: {
      lines: [2],
      summary: 'Renewal of {domain2} for two years',
      notice:
        'The forwarding is solved here. Your question on the renewal goes on in ticket #{split}, where our domain team answers.',
      there: [
        {
          support:
            '{domain2} is renewed for two years, {fee} will be on the next invoice. The button was missing since auto-renewal is on: the domain would have been renewed by itself.',
        },
        { client: '{Good to know. Thank you!|Thanks, all clear.}' },
      ],
    },
  },
  {
    topic: 'databases',
    type: 'incident',
    summaries: [
      'Backup of {db} failed tonight',
      'No backup of {db} since {day}',
      'Backup job {ref} ended with an error',
    ],
    lines: [
      {
        client:
          '{hello}the panel shows a red cross for the backup of {db} {last night|since {day}}: "job {ref}: no space left in repository". We are well below our quota, I think.{bye}',
      },
      {
        support:
          '{greet}you are: the repository on our side had run full, which affected {n} customers. It is enlarged, and the backup of {db} was repeated at {just}: {gb} GB, verified by a test restore. We are sorry for the worry.{regards}',
      },
      {
        client:
          '{Thank you, green again.|Good, thanks. We have switched on the mail for failed backups now.}',
      },
    ],
  },
  {
    topic: 'servers',
    type: 'request',
    summaries: [
      'Install from our own ISO on {host2}',
      'Mount ISO image on {host2}',
      'Custom image for {host2}',
    ],
    lines: [
      {
        client:
          '{hello}we need to install an appliance from an ISO of {n} GB on {host2}. The panel offers only your images. {Can we upload our own?|How do we get ours in?}{bye}',
      },
      {
        support:
          '{greet}yes: put the image where we can download it, send us the link and its SHA-256, and we attach it to {host2} as a virtual drive. Boot order is then changed in the panel.{regards}',
      },
      { client: 'https://files.{domain}/appliance-{n}.{dd}.iso\nsha256 {sha}' },
      {
        support:
          'The image is attached to {host2}, checksum verified. Please tell us when the installation is through, so that we detach it; it stays for 7 days otherwise.',
      },
      { later: true, client: '{Installed, you can detach it.|Done. Please remove the drive.}' },
      { support: 'Detached. Have fun with the appliance.' },
    ],
  },
  {
    topic: 'servers',
    type: 'question',
    mayReturn: true,
    summaries: [
      'Clock on {host} is wrong',
      '{host}: time drifts by minutes',
      'TOTP logins fail, clock of {host} off',
    ],
    lines: [
      {
        client:
          '{hello}our two-factor logins fail since {day}: the clock of {host} is {n} minutes late, and after `date -s` it drifts again.{bye}',
      },
      {
        support:
          '{greet}two services fight over the clock there: chrony and ntpd are both running. `systemctl disable --now ntp` and then `chronyc makestep` puts it right; `chronyc tracking` should show an offset below a millisecond.{regards}',
      },
      { client: '{Offset 0.0002 s. Solved.|Right, ntpd came with an old package. Logins work again.}' },
    ],
  },
];
