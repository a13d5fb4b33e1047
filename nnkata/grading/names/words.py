"""The words of names: those of tasks, parts, versions, courses and sections, which are nobody's."""

import re
import unicodedata
from functools import lru_cache

from nnkata.grading.kinds import MAX_NAMES, stem
from nnkata.texts import text

#: The signs of vowels and the like of Indian scripts, Thai, Khmer and others, which are parts of their words; and the
#: marks of voiced sounds of Japanese. Of a name without them, राम and रीमा would be the same.
SIGNS = "".join(
    chr(code)
    for code in (*range(0x0900, 0x10A0), *range(0x1780, 0x17E0), 0x3099, 0x309A)
    if unicodedata.category(chr(code)).startswith("M")
)
#: A word of letters with these signs, and one of letters or digits.
WORD, LETTERS_OR_DIGITS = re.compile(rf"(?:[^\W\d_]|[{SIGNS}])+"), re.compile(rf"(?:[^\W_]|[{SIGNS}])+")
#: Words that name a version or a part of a network, and nobody. A folder of files that have only such names is one
#: student's; a folder in which two networks have other names is one of several students.
PARTS = frozenset(
    """
    a an and attempt q question questions main model net network nn dnn ann mlp mnist digits deep neural solution
    submission submit answer code project hw homework assignment exercise lab ex task part week version v final
    finished old new copy of backup bak draft test tests train training utils util helper helpers layers layer src
    lib app notebook try first second third last best better improved working fixed original numpy python py class
    classes my the from scratch with without step stage run demo example examples eval predict data loss optimizer
    sgd batch minibatch vectorized fast slow simple full complete latest update updated re corrected init core base
    impl implementation untitled unbenannt experiment experiments explore exploration playground colab kaggle
    starter startercode skeleton template workspace work cnn rnn lstm relu tanh sigmoid softmax momentum adam
    visualize visualization plotting ps pset problem set tp td devoir tarea übung aufgabe blatt backprop
    backpropagation perceptron entwurf endversion brouillon borrador rascunho bozza
    классификатор черновик classifier classification recognition recognizer handwritten nnet
    master develop 网络 神经网络 模型 工具 代码 源码 源代码 作业 手写 数字 识别 手写数字识别 感知机
    反向传播 分类 题 问题 大作业 实验 程序 项目 训练
    测试 主程序 函数
    """.split()  # noqa: SIM905  # a list of 150 literals is harder to read
)
#: Words of parts that nobody is called; Lab, Week, Data and Test may be names.
WORKS = frozenset(
    """
    version code network net model neural final old new draft backup bak copy of solution submission answer homework
    assignment exercise project part question train main mnist numpy python helper utils src
    """.split()  # noqa: SIM905  # a list of 30 literals is harder to read
)
#: Words of parts that are first names too: one beside names of students is a student's.
PEOPLE = frozenset(("adam", "an", "ann", "best", "deep", "my"))
#: Words of a folder for the submissions of a course.
SUBMISSIONS = frozenset(
    """
    submissions abgaben einreichungen entregas rendus soumissions remises consegne inzendingen inlämningar innleveringer
    afleveringer palautukset oddane odevzdané сданные работы trabajos travaux 提交作业 提出物 제출물
    """.split()  # noqa: SIM905  # a list of 20 literals is harder to read
)
#: Words of a folder that is a course's, beside those of a task.
COURSES = SUBMISSIONS | frozenset(
    "all assignments by per par via von course download downloads homeworks students file responses".split()  # noqa: SIM905
)
#: Words of a folder or a document for an exam.
EXAMS = frozenset("exam exams examen midterm klausur klausuren prüfung quiz 考试 期中考试 期末考试".split())  # noqa: SIM905
#: Words of a folder for people, or for groups of them.
MANY_PEOPLE = frozenset(
    """
    students teams groups pairs people participants members learners pupils candidates studierende studenten teilnehmer
    gruppen schüler étudiants équipes groupes estudiantes alumnos grupos equipos studenti gruppi alunos equipes студенты
    группы команды 学生 小组 各组 学员
    """.split()  # noqa: SIM905  # a list of 30 literals is harder to read
)
#: Words of a folder for a section of a course, and for late work or work by mail.
SECTIONS = frozenset(
    """
    section sec class tutorial tut seminar session room day evening morning afternoon am pm monday tuesday wednesday
    thursday friday mon tue wed thu fri klasse übung tutorium 班 班级
    """.split()  # noqa: SIM905  # a list of 30 literals is harder to read
)
LATE = frozenset(
    """
    late spät retraso retrasos tiempo вовремя опозданием
    resub resubs resubmission resubmissions resubmitted resubmit redo redos makeup extension extensions extended
    ontime overdue verspätet verspätete nachzügler nachgereicht nachreichung pünktlich rechtzeitig retard retards tarde
    tardío tardíos atrasado atrasados ritardo 补交 迟交 重交 重新提交 逾期 延期 按时 准时 按时提交 遅延 再提出
    지각 재제출 пересдача досдача опоздание опоздавшие متأخر terlambat spóźnione herkansing forsinket försenad
    deadline frist nachfrist verlängerung fristverlängerung verspätung prórroga prorrogação prolongation uitstel plazo
    prazo délai délais laat дедлайн дедлайна correo courriel
    mail mails email emails emailed 邮件 邮箱
    """.split()  # noqa: SIM905  # a list of 20 literals is harder to read
)
#: Words beside those: `after deadline`, `en retard`, `fuera de plazo`.
BESIDE_LATE = frozenset(
    """
    after too en por par per nach der hors fuera fora de do te po после comments feedback review grading
    day days hour hours tag tage tagen stunde stunden zu con jour jours día días dia dias giorno giorni dag dagen dni
    день дня дней 天 小时 日
    """.split()  # noqa: SIM905  # a list of 40 literals is harder to read
)
#: Those of them for work in time, and their form in two words.
IN_TIME = frozenset("ontime pünktlich rechtzeitig tiempo вовремя 按时 准时 按时提交".split())  # noqa: SIM905
ON_TIME = re.compile(r"on[\s_-]time", re.I)
#: Words of a folder for the state of marking.
STATES = frozenset(
    """
    graded ungraded grade grading marked unmarked mark marking done undone todo finished checked unchecked check
    reviewed review pending open closed ok passed failed missing excused incomplete problem problems question questions
    plagiarism cheating suspicious other others extra misc rest exam reexam retake resit corrected korrigiert
    unkorrigiert offen fertig bewertet benotet nachprüfung wiederholung corrigé corrigés corregido corregidos corrigido
    corrigidos calificado calificados pendiente pendientes read unread проверено непроверено
    已批改 未批改 已批 未批 待批改 已评 未评 补考 重修 抄袭 其他
    """.split()  # noqa: SIM905  # a list of 70 literals is harder to read
)
#: Words beside those: `to grade`, `not graded`.
BESIDE_STATES = frozenset("to not nicht no sin por не".split())  # noqa: SIM905
#: Nouns for an attempt, in the languages of platforms.
NOUNS = (
    "version|attempt|revision|submission|versión|versão|versione|versie|wersja|verze|verzió|versiune|versjon|verzija"
    "|versuch|abgabe|tentative|tentativa|tentativo|intento|entrega|poging|försök|forsøk|forsøg|próba|pokus|deneme"
    "|sürüm|версия|версія|попытка|спроба|έκδοση|phiên bản|バージョン|版本|버전|시도|提交|הגרסה|גרסה|الإصدار|เวอร์ชัน"
)
#: Words of a folder of one attempt.
ATTEMPTS = frozenset(
    (
        *re.split(r"[| ]", NOUNS),
        *"attempts textresponse revisions submissions corrections assessment on time".split(),  # noqa: SIM905
        *"t z utc am pm 第 次 次提交".split(),  # noqa: SIM905
    )
)
#: Words of a folder of one attempt that say its place among others, by that place: the earlier ones, those that follow.
EARLY, AFTER, LAST, LATEST = (
    frozenset(words.split())
    for words in (
        "old draft drafts initial original before early first preliminary provisional entwurf entwürfe vorläufig "
        "borrador borradores brouillon brouillons rascunho bozza bozze preliminar provisoire "
        "初稿 草稿 초안 черновик черновики",
        "new revised updated corrected fixed after second",
        "final finals finale endgültig endabgabe endfassung endversion definitivo definitiva définitive definitief "
        "终稿 定稿 最终稿 最终版 최종 최종본 финал финальная",
        "late later resub resubmission resubmissions resubmitted resubmit redo retake overdue extension",
    )
)


def words_of(name: str) -> tuple[list[str], list[str]]:
    """The words of a name in small letters, and its numbers."""
    words, numbers = _said(name)
    return [*words], [*numbers]


@lru_cache(maxsize=MAX_NAMES)
def _said(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    said = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", unicodedata.normalize("NFC", stem(text(name))))
    words = (word.casefold() for word in WORD.findall(said))
    return tuple(words), tuple(number for number in re.findall(r"\d+", said))
