"""The commands that write mails: `email` for one quote, `campaign` for everyone whose contract ends soon.

Exit codes as everywhere: 0 done; 1 a request or a row was refused, or a mail is not settled; 2 the call is wrong.
"""

import argparse
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Protocol

from calculator import wire
from calculator.card import Mailbox, MailError, Order, draft, error_text, plain_text
from site_builder.arguments import day, require_site
from site_builder.campaign import (
    DEFAULT_GRACE_DAYS,
    DEFAULT_NOTICES,
    KEY,
    Campaign,
    Contracts,
    Desk,
    Entry,
    JournalError,
    Plan,
    Report,
    Unsubscribing,
    is_report,
    open_table,
    shown,
)  # fmt: skip
from site_builder.config import load_config
from site_builder.errors import counted
from site_builder.locales import Language, choose, in_own_words, load_all, own_words
from site_builder.looks import card_look
from site_builder.mail import SmtpError, ascii_mailbox, page_address, server_from
from site_builder.out_file import refuse_file
from site_builder.plans import load_families
from site_builder.request_file import read_request, wordless
from site_builder.rules import language_data

OK, REFUSED, BROKEN = 0, 1, 2
UNSETTLED: Final = ("refused", "rejected", "later", "in doubt")


class Commands(Protocol):
    """Where a command is added."""

    def add_parser(self, name: str, *, help: str, description: str) -> argparse.ArgumentParser:  # noqa: D102
        ...


def add_mail_commands(commands: Commands) -> None:
    """Add `email` and `campaign` to the command line."""
    about = "Write one quote as a draft (.eml) with an HTML table, plain text and the dates as calendar file."
    email = commands.add_parser("email", help="write a quote as an e-mail", description=about)
    email.add_argument("request", metavar="REQUEST.json", help="file that holds the request; - for standard input")
    email.add_argument("--to", action="append", default=[], help="recipient; may be given several times")
    email.add_argument("--lang", required=True, help="language of the recipient, such as fr or en")
    email.add_argument("--from", dest="sender", default="", help="sender; may be left to the mail program")
    email.add_argument("--reference", default="", help="the customer's reference")
    email.add_argument("--out", type=Path, metavar="FILE", help="file to write (default: standard output)")
    _common(email)
    email.set_defaults(run=_email)

    about = "Write to everyone whose contract ends soon. Without --out or --send it only says what it would do."
    campaign = commands.add_parser("campaign", help="write to whose contract ends soon", description=about)
    campaign.add_argument("contracts", metavar="CONTRACTS", type=Path, help="the contract list, CSV or Parquet")
    campaign.add_argument("--on", type=day, required=True, help="the day of the campaign")
    campaign.add_argument("--lang", default="en", help="language where the list names none (default: en)")
    campaign.add_argument("--from", dest="sender", default="", help="sender of all mails; needed to send")
    _ways(campaign)
    _who(campaign)
    _common(campaign)
    campaign.set_defaults(run=_campaign)


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seller", default="", help="who makes the offer (default: the family's vendor)")
    parser.add_argument("--plans", type=Path, default=Path("plans"), help="folder of the plan files (default: plans)")
    parser.add_argument("--content", type=Path, default=Path("content"), help="folder of the pages (default: content)")


def _ways(parser: argparse.ArgumentParser) -> None:
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--dry-run", action="store_true", help="only say what would be done (the default)")
    way.add_argument("--out", type=Path, metavar="FOLDER", help="write one .eml for each mail into this folder")
    way.add_argument("--send", action="store_true", help="send by SMTP")
    parser.add_argument("--smtp", metavar="HOST:PORT", help="mail server (default: CLAIRPLAN_SMTP_SERVER)")
    parser.add_argument("--no-tls", action="store_true", help="without STARTTLS; only for a server on this machine")
    parser.add_argument("--per-minute", type=_whole, default=120, help="mails a minute, 0: no limit (default: 120)")
    parser.add_argument("--journal", type=Path, help="what was sent (default: CONTRACTS.journal)")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write what became of each row as CSV")
    doubts = "mails that may have been sent before a crash: list them, resend them, or take them as sent"
    parser.add_argument("--in-doubt", choices=("list", "resend", "sent"), default="list", help=doubts)


def _who(parser: argparse.ArgumentParser) -> None:
    notices = ",".join(map(str, DEFAULT_NOTICES))
    text = f"days before expiry, for plans that say none (default: {notices})"
    parser.add_argument("--notices", type=_days, default=DEFAULT_NOTICES, help=text)
    text = f"say so many days before its end that grace runs out (default: {DEFAULT_GRACE_DAYS})"
    parser.add_argument("--grace-days", type=_whole, default=DEFAULT_GRACE_DAYS, help=text)
    text = "dates such as 03/04/2026 begin with the day (default: in lists separated by semicolons)"
    order = parser.add_mutually_exclusive_group()
    order.add_argument("--day-first", action=argparse.BooleanOptionalAction, default=None, help=text)
    order.add_argument("--month-first", action="store_true", help="such dates begin with the month: 03/04 is March 4")
    parser.add_argument(
        "--unsubscribed", type=Path, metavar="FILE", help="addresses that get no mail, one on each line"
    )
    parser.add_argument("--unsubscribe-mailto", default="", metavar="ADDRESS", help="address that takes people off")
    text = "https address that takes people off at one click; {token} stands for who"
    parser.add_argument("--unsubscribe-page", default="", metavar="URL", help=text)


def _whole(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"`{text}` is not a whole number")
    return int(text)


def _days(text: str) -> tuple[int, ...]:
    return tuple(sorted(map(_whole, text.split(",")), reverse=True))


def _email(arguments: argparse.Namespace) -> int:
    require_site(arguments.plans, arguments.content)
    config = load_config(arguments.content / "site.yaml", Path.cwd())
    if arguments.out:
        refuse_file(arguments.out, "a draft", "quote.eml", lambda head: b"X-Unsent: 1" in head.splitlines())
    families = load_families(arguments.plans)
    data = language_data(choose(arguments.lang, _languages(arguments.content)), families) | card_look(config.accent)
    given = read_request(arguments.request)
    if given is None:
        return BROKEN
    if why := wordless(given[0], arguments.lang, families.spoken):
        print(why, file=sys.stderr)
        return BROKEN
    request = given[0] if isinstance(given[0], dict) else {}
    address = page_address(config.base_url, arguments.lang, request.get("plan"))
    try:
        to = [ascii_mailbox("to", one).typed for one in arguments.to]
        sender = ascii_mailbox("from", arguments.sender).typed if arguments.sender else ""
        offer = wire.card(families.engine, data, Order(given[0], address, arguments.seller, arguments.reference))
        if not offer.card:
            print(plain_text(offer.sheet), end="", file=sys.stderr)
            return REFUSED
        step = data["families"][offer.response["plan"].partition("/")[0]].get("next_step")
        after = [(step["label"], step["link"])] if step else []
        message = draft(offer, address, to, sender, after).encode("ascii")
    except MailError as error:
        print(error_text(error, data, request.get("plan")), file=sys.stderr)
        return BROKEN
    if arguments.out:
        arguments.out.write_bytes(message)
        print(f"{arguments.out}: a draft, to look through and send")
    else:
        sys.stdout.buffer.write(message)
    return OK


def _campaign(arguments: argparse.Namespace) -> int:
    campaign = None
    try:
        campaign = _prepared(arguments)
        _announce(campaign, arguments)
        report, doubts = campaign.run()
    except (SmtpError, JournalError) as error:
        print(error, file=sys.stderr)
        if arguments.send:
            print(_how_far(campaign), file=sys.stderr)
        return BROKEN
    except KeyboardInterrupt:
        print("Stopped. Run the same command again to go on.", file=sys.stderr)
        return BROKEN
    _conclude(report, doubts, arguments)
    return REFUSED if doubts or any(report.counts[outcome] for outcome in UNSETTLED) else OK


def _how_far(campaign: Campaign | None) -> str:
    """What a campaign that was broken off has done, and how it goes on."""
    tried = campaign.tried if campaign else 0
    if not tried:
        return "Nothing was sent. Mend that first: the same command would be refused again."
    count = counted(tried, "mail was", "mails were")
    return f"{count} tried, as the journal says; once that is mended, the same command goes on from there."


class CallError(SmtpError):
    """An option is missing or contradicts another one."""


def _prepared(arguments: argparse.Namespace) -> Campaign:
    """All that the campaign needs, read and found right. Raises InputError and SmtpError."""
    require_site(arguments.plans, arguments.content)
    config = load_config(arguments.content / "site.yaml", Path.cwd())
    families = load_families(arguments.plans)
    known = _languages(arguments.content)
    languages = {lang: known[lang] for lang in config.languages if lang in known}
    sender = _mailbox("--from", arguments.sender)
    unsubscribing = _unsubscribing(arguments)
    if arguments.send and not sender:
        raise CallError("--send needs --from, the sender of the mails")
    if arguments.send and not (unsubscribing.mailto or unsubscribing.page):
        raise CallError("--send needs --unsubscribe-mailto or --unsubscribe-page, so that readers can say no")
    server = server_from(arguments.smtp, not arguments.no_tls) if arguments.send else None
    table = open_table(arguments.contracts)
    first = "month" if arguments.month_first else {True: "day", False: "", None: None}[arguments.day_first]
    contracts = Contracts(table, families.engine, languages, _lang(arguments.lang, languages), first)
    if arguments.out:
        if arguments.out.is_file():
            raise CallError(f"--out {arguments.out}: this is a file; name a folder for the mails, such as --out mails")
        arguments.out.mkdir(parents=True, exist_ok=True)
    if arguments.report:
        refuse_file(arguments.report, "a report", "report.csv", is_report)
    plan = Plan(
        notices=arguments.notices,
        grace_days=arguments.grace_days,
        unsubscribed=arguments.unsubscribed,
        folder=arguments.out,
        server=server,
        per_minute=arguments.per_minute,
        journal=arguments.journal or arguments.contracts.with_name(f"{arguments.contracts.name}.journal"),
        report=arguments.report,
        doubts=arguments.in_doubt,
    )
    on = arguments.on.isoformat()
    desk = Desk(
        families, languages, config.base_url, on, sender, arguments.seller, unsubscribing, not arguments.send,
        config.accent,
    )  # fmt: skip
    return Campaign(table, contracts, desk, plan)


def _languages(content: Path) -> dict[str, Language]:
    """All languages, as the site speaks them."""
    known = load_all()
    return in_own_words(known, own_words(known, content, Path.cwd()))


def _lang(lang: str, languages: Mapping[str, Language]) -> str:
    if lang not in languages:
        raise CallError(f"--lang {lang}: the site has no such language; it has {', '.join(languages)}")
    return lang


def _mailbox(option: str, text: str) -> Mailbox | None:
    try:
        return ascii_mailbox(option, text) if text else None
    except MailError:
        raise CallError(f"{option}: write an address such as name@example.com, on one line") from None


def _unsubscribing(arguments: argparse.Namespace) -> Unsubscribing:
    mailto, page = _mailbox("--unsubscribe-mailto", arguments.unsubscribe_mailto), arguments.unsubscribe_page
    key = os.environ.get(KEY, "")
    if page and not re.fullmatch(r"https://[!#-;=?-~]+", page):
        raise CallError("--unsubscribe-page: write an address that begins with https://")
    if page and "{token}" not in page:
        raise CallError("--unsubscribe-page: write {token} where the address says who it is, such as …/off/{token}")
    if page and len(key) < 16:
        raise CallError(f"--unsubscribe-page: set {KEY} to a secret of 16 characters or more, which signs the tokens")
    return Unsubscribing(mailto.address if mailto else "", page, key)


def _announce(campaign: Campaign, arguments: argparse.Namespace) -> None:
    way = f"writing to {arguments.out}" if arguments.out else "a dry run: nothing is sent"
    if arguments.send:
        way = "sending"
    print(f"{arguments.contracts}: {counted(campaign.table.rows, 'contract')} on {campaign.desk.on}; {way}")
    if campaign.contracts.unread:
        print(f"columns that nothing reads: {', '.join(map(shown, campaign.contracts.unread))}")


def _conclude(report: Report, doubts: list[Entry], arguments: argparse.Namespace) -> None:
    print("\n".join(report.lines()))
    if doubts:
        print(f"\n{len(doubts)} in doubt: sent or not, only the mail server knows. None is sent again by itself.")
        for entry in doubts:
            who = f"{entry.name} <{entry.address}>" if entry.name else entry.address
            print(f"  {shown(entry.contract)}: {shown(who)}, {entry.notice}, {entry.message}")
        print("Look for the identifiers in the server's log; then --in-doubt sent, or --in-doubt resend.")
    if not (arguments.send or arguments.out) and report.counts["due"]:
        print("\nNothing was sent. Add --out FOLDER to write the mails, or --send to send them.")
