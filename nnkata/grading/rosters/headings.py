"""Headings of a roster in the languages of platforms and offices, and their meanings."""

import re
import unicodedata

#: Headings, reduced to small letters, by the meaning of their columns. Sources: Moodle's language packs ("First name",
#: "Surname", "Email address", "ID number", "Username", "Full name"), the exports of other platforms, offices' lists.
WORDS = {
    "name": """
        name fullname legalname realname student studentname displayname sortablename vollständigername nomcomplet
        nombrecompleto nomecompleto nombreyapellidos apellidosynombre cognomeenome nomeecognome nominativo nom nombre
        nome naam volledigenaam namn fullständigtnamn navn fuldtnavn fulltnavn nimi kokonimi imięinazwisko
        nazwiskoiimię celéjméno teljesnév név adsoyad adısoyadı adıvesoyadı фио полноеимя имяифамилия фамилияимя
        повнеімя піб ονοματεπώνυμο nameofstudent nameofthestudent candidatename lastnamefirstname lastfirst
        namevorname nachnamevorname nomprénom prénomnom họtên họvàtên hovaten nama namalengkap namamahasiswa ชื่อสกุล
        ชื่อนามสกุล 學生姓名 姓名 学生姓名 真实姓名 全名 氏名 名前 フルネーム 성명 이름 학생이름 الاسمالكامل الاسم
        اسمالطالب שםמלא שם aluno aluna alumno alumna estudiante étudiant étudiante élève allievo studente cursist
        leerling elev studentin teilnehmer teilnehmerin студент студентка uczeń öğrenci sinhviên họcsinh họcviên
        mahasiswa 学生 學生 학생 受講者 受講生 nomestudante isim adsoyisim nafn
    """,
    "last": """
        lastname surname familyname familynames last nachname familienname zuname nomdefamille apellido apellidos
        cognome sobrenome apelido últimonome achternaam familienaam efternamn efternavn etternavn sukunimi nazwisko
        příjmení priezvisko vezetéknév soyad soyadı soyadi soyisim legallastname фамилия прізвище επώνυμο họ họđệm
        họvàtênđệm นามสกุล 姓 姓氏 성 اسمالعائلة שםמשפחה
    """,
    "first": """
        firstname givenname givennames forename first vorname rufname prénom prenom nombres primeironome voornaam
        förnamn fornavn etunimi roepnaam imię imiona jméno keresztnév utónév ad adı adi legalfirstname имя імя ім όνομα
        tên ชื่อ 名 名字 الاسمالأول שםפרטי
    """,
    "mail": """
        email mail emailaddress emailaddresse emailadresse emailadressen mailadresse emailid studentemail
        institutionalemail emailinstitucional emailistituzionale
        universityemail correoinstitucional courrielétudiant 邮箱地址 courriel adressedecourriel
        adresseélectronique adressemail adresseemail correo correoelectrónico direccióndecorreo
        direccióndecorreoelectrónico direccióndeemail indirizzoemail indirizzodipostaelettronica endereçodeemail
        emailadres epost epostadress epostadresse sähköposti sähköpostiosoite netfang adresemail
        adrespocztyelektronicznej emailovýadres emailcím eposta epostaadresi почта электроннаяпочта
        адресэлектроннойпочты электроннаяпочтаemail електроннапошта διεύθυνσηemail
        邮箱 电子邮件 电邮 电子邮箱 电子邮件地址 邮件地址
        電子郵件 電子郵件信箱 メール メールアドレス 이메일 이메일주소 البريدالإلكتروني דואל
    """,
    "called": """
        preferredname preferredfirstname chosenname chosenfirstname nickname knownas goesby calledname alias
        prénomdusage prénomusuel nomdusage nombresocial nomesocial aanspreeknaam tilltalsnamn imięużywane
    """,
    "infix": "tussenvoegsel tussenvoegsels voorvoegsel voorvoegsels infix namensvorsatz",
    "id": """
        id studentid sid userid username user login loginid sisuserid sisloginid orgdefinedid idnumber identifier eid
        displayid netid githubusername github matriculation participantid studentnumber number uid uin candidatenumber
        matrikelnummer matrikelnr matrnr matnr idnummer anmeldename benutzername kennung nutzerkennung
        numérodidentification numéroétudiant numérodétudiant nétudiant matricule identifiant nomdutilisateur
        númerodeid númerodeidentificación matrícula usuario nombredeusuario códigodeestudiante legajo matricola
        numerodimatricola nomeutente codiceidentificativo númerodematrícula nomedeusuário studentnummer studienummer
        gebruikersnaam användarnamn brugernavn brukernavn opiskelijanumero nralbumu numeralbumu nazwaużytkownika
        öğrencino öğrencinumarası kullanıcıadı номерзачётки номерзачетки номерстудента логин idномер αριθμόςμητρώου
        学号 學號 用户名 学籍番号 学生番号 ユーザ名 ユーザー名 학번 사용자명 아이디 dni nie nif rut cpf cédula cedula
        carné carnet codicefiscale nia ra rollno rollnumber regno regnumber registrationno registrationnumber
        enrollmentno enrollmentnumber enrolmentno enrolmentnumber usn prn indexno indexnumber candidateno studentno
        studentnr studentcode admissionno nim nrp npm upi cwid bannerid pid sisid zid psid kuid unikey campusid
        candidateid studentidno idno loginid githubid matrikel 學生證號碼 mssv mãsv mãsinhviên masinhvien mãsốsinhviên
        รหัสนักศึกษา รหัสนิสิต индивидуальныйномер ідентифікаційнийномер numerid
        numeridentyfikacyjny identifikačníčíslo čísloid kimliknumarası idnumarası númerodeidentificação
        númerodoaluno númerodealuno idナンバー id号 id번호 고유번호 מספרזיהוי رقمالهوية رقمالمعرف azonosítószám
        tunnistenumero idnumero αριθμόςid mãsốid รหัสประจำตัว nomorid numărdeidentificare idbroj númeroid personnummer
        personnr fødselsnummer cprnummer henkilötunnus kennitala öğrencinumara
        שםמשתמש شمارهدانشجویی رقمالطالب الرقمالجامعي מספרזהות תעודתזהות
    """,
}


def _reduced(heading: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFC", heading)).lower()


HEADINGS = {_reduced(word): kind for kind, words in WORDS.items() for word in words.split()}

#: Headings of a number that may count the lines: an id where there is no other.
COUNTS = frozenset(
    "n no nr num number numéro número nummer numero code código codigo codice kode 编号 序号".split()  # noqa: SIM905
)


def counts(heading: str) -> bool:
    """Whether a column has a number or a code of each line: `N°`, `Nr.`, `Code`."""
    return _reduced(heading) in COUNTS


def means(heading: str) -> str:
    """The meaning of a column: name, last, first, mail, id, or called and infix for another name and one before
    the last; empty if it is another one.

    Some have two words for one meaning: 学号/工号, "Name (Nom)".
    """
    if whole := _meaning(heading):
        return whole
    parts = {found for part in re.split(r"[/|()（）]", heading) if (found := _meaning(part))}
    # "Apellidos, Nombre", "Nachname, Vorname", "Surname & first name": as a name, whatever the words between are
    both = {_meaning(part) for part in re.split(r"[,;&+]|(?<=\w)\s+(?:and|und|y|e|et|en|och|og|i|a|и)\s+", heading)}
    is_whole = parts == {"first", "last"} or ("last" in both and both <= {"last", "first", "name"} and len(both) > 1)
    return "name" if is_whole else parts.pop() if len(parts) == 1 else ""


def _meaning(heading: str) -> str:
    return HEADINGS.get(_reduced(heading), "")
