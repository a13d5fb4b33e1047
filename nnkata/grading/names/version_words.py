"""Words for copies and versions in the languages of systems and students."""

import re

#: Words for copies and shortcuts, in front of a name and behind it, in languages of Explorer, Finder and Google Drive.
COPY_OF = re.compile(
    r"(?:copy of|kopie von|copia de|copia di|copie de|cópia de|kopia av|kopi a[vf]|kopie van|kopie souboru|bản sao của"
    r"|копия|копія|αντίγραφο|salinan)\s+(?P<who>.+)$",
    re.I,
)
COPY = re.compile(
    r"(?P<who>.+?)(?:\s+[-–—])?\s+(?:copy|kopie|copia|copie|cópia|kopia|копия|копія|kópia|kopi|kopio|kopya|kopyası|másolat"
    r"|αντίγραφο|salinan|sao chép|עותק|نسخة|สำเนา|shortcut|verknüpfung"
    r"|raccourci|acceso directo|collegamento|atalho|ярлык)(?:\s*\(?\d{1,3}\)?)?$"
    r"|[“\"']?(?P<east>.+?)[”\"']?\s*(?:-\s*副本|的?副本|のコピー|- コピー|- 복사본|의 (?:복사본|사본)"
    r"|-\s*快捷方式|- ショートカット|- 바로 가기)"
    r"(?:\s*[(（]?\d+[)）]?)?$",
    re.I,
)
#: Words for a later version, for the final one and for late work, in the languages of students; a word that is a family
#: too, such as `Son` and `Sen`, is none.
WORDS_LATER = (
    r"new|updated?|revised|corrected|fixed|version|überarbeitet|korrigiert|verbessert|corrigée?|corregid[oa]"
    r"|corrigid[oa]|corrett[oa]|revisad[oa]|gecorrigeerd|verbeterd|rättad|rettet|korjattu|poprawion[eya]|opraven[aáéoý]"
    r"|javított|düzeltilmiş|güncellenmiş|revisi|perbaikan|sửa|nộp[ _]lại|nop[ _]lai|исправлен(?:о|а|ный|ная|ное)?"
    r"|передела(?:но|на|нный|нная)|доработа(?:но|на|нный|нная)|обновл[её]н(?:о|ный|ная)|виправлен[оаий]|перероблен[оаий]"
    r"|διορθωμένο|מתוקן|معدل|معدلة|مصحح|مصححة|แก้ไข|neue?|neue version|nochmals?|erneut|aktualisiert|nouvelle version"
    r"|nouveau|mise? à jour|nuev[ao]|nueva versión|actualizad[oa]|atualizad[oa]|nova versão|aggiornat[oa]"
    r"|nuova versione|bijgewerkt|uppdaterad|ny version|oppdatert|opdateret|päivitetty|zaktualizowan[ya]"
    r"|aktualizovan[ýéá]|frissített|yeni|нов(?:ый|ая|ое)|новая версия|νέο|חדש|جديد|جديدة|محدثة?"
)
WORDS_FINAL = (
    r"final|latest|finale|version finale|versión final|versão final|versione finale|endgültig|endabgabe|endfassung"
    r"|endversion|endelig|lopullinen|slutgiltig|slutversion|konečn[áéý]|definiti(?:f|ve|v[oa]|ef)"
    r"|финал(?:ьный|ьная)?|ostateczn[yea]|bản[ _]cuối|ban[ _]cuoi"
    r"|végleges|τελικό|סופי|نهائي"
)
WORDS_LATE = (
    r"late|resub(?:mission|mit|mitted)?|redo|retry|verspätet|nachgereicht|atrasad[oa]|nộp[ _]muộn|nop[ _]muon|terlambat"
    r"|с опозданием|пересдача|متأخر|متأخرة"
)
#: Nouns for a version, before its number.
COUNTED = (
    r"v|ver|version|attempt|revision|rev|try|versuch|intento|tentativ[aeo]|poging|försök|forsøk|forsøg|yritys|próba"
    r"|pokus|deneme|попытка|спроба|версия|версія|versione|versión|versão|wersja|verze"
)
