"""The lists for Indonesian and Malay, written for this project from spoken and newspaper usage."""

from __future__ import annotations

from pipeline.words.grounding.lists import Lists, pairs, table, words
from pipeline.words.said_numbers import MEASURES
from pipeline.words.spoken import spoken

_SPOKEN = """
nggak enggak gak ga ngga engga ndak nda tak tdk kagak kaga endak endik ndik kada kadada: tidak
gakkan takkan: tidak akan
bukannya: bukan
udah dah sdh udh: sudah
blm blom belom: belum
jgn: jangan
aja aje doang: saja
gitu gt: begitu
gini: begini
kayak kaya kek: seperti
kalo klo kl: kalau
gimana gmn: bagaimana
kenapa: mengapa
pake pakek: pakai
bikin: membuat
dibikin: dibuat
banget bgt: sekali
cuma cuman: hanya
bilang ngomong: berkata
ngasih kasih: memberi
dikasih: diberi
ngasi: memberi
emang: memang
trus terus: lalu
karna krn: karena
tapi: tetapi
makasih: terima kasih
bapak bpk: pak
ibu: bu
ntar entar: nanti
liat ngeliat: melihat
keliatan: kelihatan
dapet: dapat
temen: teman
seneng: senang
bener: benar
pengen pingin kepengen kepingin: ingin
kemaren: kemarin
ketemu: bertemu
ketemuan: bertemu
ngeliat: melihat
ngerasa: merasa
ngikut ngikutin: mengikuti
tau: tahu
gede: besar
siapin nyiapin: menyiapkan
disiapin: disiapkan
ngurusin: mengurus
ngomongin: membicarakan
diomongin: dibicarakan
ngebayangin: membayangkan
sampe nyampe: sampai
ampe: sampai
dateng: datang
pinter: pintar
males: malas
cepet: cepat
deket: dekat
inget: ingat
denger: dengar
abis: habis
ilang: hilang
item: hitam
ato: atau
ama: sama
bgmn: bagaimana
mo: mau
org: orang
yg: yang
dgn: dengan
utk: untuk
dlm: dalam
sy: saya
gue gua gw ane: saya
lu lo elo ente: kamu
dll: dan lain lain
dsb: dan sebagainya
duit: uang
ortu: orang tua
hp: ponsel
pas: ketika
waktu: ketika
saat: ketika
nyari: mencari
nyoba: mencoba
nyebut: menyebut
nunggu: menunggu
nambah: menambah
nanya: bertanya
nonton: menonton
nulis: menulis
ngurus: mengurus
ngajak: mengajak
ngelola: mengelola
ngirim: mengirim
mbantu: membantu
bantuin ngebantu: membantu
make: memakai
minjem: meminjam
minjam: meminjam
ngadain: mengadakan
diadain: diadakan
jalanin: menjalankan
dijalanin: dijalankan
takkala: tatkala
sejuta: satu juta
semiliar semilyar: satu miliar
setriliun: satu triliun
milyar: miliar
kesatu: pertama
"""
_WRONG = """
disitu: di situ
disini: di sini
disana: di sana
dimana: di mana
kesini: ke sini
kesana: ke sana
kemana: ke mana
darimana: dari mana
didalam: di dalam
diluar: di luar
diatas: di atas
dibawah: di bawah
didepan: di depan
dibelakang: di belakang
disamping: di samping
diantara: di antara
keatas: ke atas
kebawah: ke bawah
kedalam: ke dalam
kedepan: ke depan
kedepannya: ke depannya
bertanggungjawab: bertanggung jawab
tanggungjawab: tanggung jawab
kerjasama: kerja sama
bekerjasama: bekerja sama
terimakasih: terima kasih
berterimakasih: berterima kasih
sebarluaskan: sebar luaskan
orangtua: orang tua
matahati: mata hati
beritahu: beri tahu
memberitahu: memberi tahu
diberitahu: diberi tahu
ambilalih: ambil alih
tandatangan: tanda tangan
apalagipula: apalagi
resiko: risiko
beresiko: berisiko
aktifitas: aktivitas
aktip: aktif
efektifitas: efektivitas
kreatifitas: kreativitas
produktifitas: produktivitas
analisa: analisis
apotik: apotek
atlit: atlet
ijin: izin
ijasah: ijazah
jaman: zaman
jadual: jadwal
kwalitas: kualitas
kwantitas: kuantitas
kwitansi: kuitansi
karir: karier
konkrit: konkret
kongkrit: konkret
komplek: kompleks
metoda: metode
milyar: miliar
nasehat: nasihat
nomer: nomor
obyek: objek
subyek: subjek
obyektif: objektif
propinsi: provinsi
praktek: praktik
sistim: sistem
sekedar: sekadar
silahkan: silakan
standarisasi: standardisasi
tehnik: teknik
tehnologi: teknologi
trampil: terampil
ketrampilan: keterampilan
ustad: ustaz
jum'at: Jumat
nopember: November
pebruari: Februari
merubah: mengubah
dirubah: diubah
menghimbau: mengimbau
dihimbau: diimbau
himbauan: imbauan
mentaati: menaati
mensukseskan: menyukseskan
menterjemahkan: menerjemahkan
memparkir: memarkir
memperhatinkan: memprihatinkan
hutang: utang
antri: antre
antrian: antrean
cabe: cabai
detil: detail
hakekat: hakikat
himbau: imbau
hirarki: hierarki
justeru: justru
kaedah: kaidah
lobang: lubang
mesjid: masjid
negri: negeri
pondasi: fondasi
rejeki: rezeki
rapih: rapi
seksama: saksama
sorga: surga
supir: sopir
telor: telur
terlanjur: telanjur
tolak ukur: tolok ukur
walikota: wali kota
"""
_MODALS = (
    "akan bisa dapat harus mesti wajib perlu boleh mungkin barangkali sepertinya kayaknya "
    "tampaknya kelihatannya agaknya rasanya sudah telah pernah sedang masih selalu kadang "
    "terkadang sering jarang semua seluruh setiap segala sebagian beberapa banyak sedikit hanya "
    "hampir sekitar kira-kira kurang lebih paling seharusnya semestinya sebaiknya pasti tentu "
    "tentunya terlalu sangat cukup baru mau ingin rencananya diduga diperkirakan maksimal minimal "
    "setidaknya sedikitnya atau kecuali selain sementara rata-rata mayoritas kebanyakan umumnya "
    "biasanya justru malah bahkan lagi segera mampu sanggup berusaha berupaya mencoba dilarang"
)
_SMALL = (
    "yang di ke dari pada untuk dan dengan oleh dalam itu ini adalah ialah merupakan yaitu yakni "
    "bahwa agar supaya karena sebab sehingga maka lalu kemudian juga pun para sebuah suatu seorang "
    "nya lah kah akan-hal tersebut tadi jadi serta terhadap kepada sebagai secara tentang atas "
    "bagi seperti begitu begini saja memang sekali ketika namun tetapi sih ada adanya menjadi "
    "hal kita-semua bila kalau jika apabila sama sini situ sana demikian ya pak bu mas mbak "
    "saudara nah artinya maksudnya istilahnya"
)

INDONESIAN = Lists(
    negations=words(
        "tidak bukan belum jangan tanpa tiada tidaklah bukanlah janganlah tidakkah bukankah "
        "belumlah tak"
    ),
    modals=words(_MODALS),
    fillers=words(
        "e ee eee eh ehm em emm hm hmm mm mmm ehem anu nah ya iya yah sih dong deh kok kan lah "
        "loh lho toh tuh nih oh ooh oke ok begitu apa namanya istilahnya maksudnya ibaratnya "
        "pokoknya sebenarnya memang gitu gitulah begitulah ya-kan tadi itu ini tu ni jadi lalu "
        "saja kek ayo wah aduh hehe haha pak bu mas mbak"
    ),
    pronouns=words(
        "saya aku kami kita dia ia beliau mereka anda kamu kalian engkau saudara nya ku mu"
    ),
    units=MEASURES
    | words(
        "tanggal rupiah dolar persen tahun bulan minggu pekan hari jam menit detik abad dekade km "
        "kg cm mm"
    ),
    titles=words(
        "presiden wapres menteri gubernur wagub bupati wabup walikota camat lurah kades kadis "
        "kabid kasi kabag sekda sekdes sekretaris ketua wakil kepala direktur kapolres kapolsek "
        "dandim rektor dekan profesor dokter bidan ustaz kiai haji hajah anggota bendahara "
        "asisten"
    ),
    small=words(_SMALL),
    joints=words(
        "tetapi namun melainkan sedangkan padahal karena sebab sehingga lalu kemudian jadi "
        "makanya maka walaupun meskipun biarpun sambil"
    ),
    conditions=words(
        "kalau jika asal asalkan kecuali apabila bila andai andaikan seandainya sepanjang selama "
        "sebelum"
    ),
    framing=words("katanya konon isunya hoaks bohong keliru dikira seolah-olah seakan-akan"),
    verbs=words(
        "ujar ujarnya kata katanya jelas jelasnya tutur tuturnya ungkap ungkapnya lugas lugasnya "
        "pungkas pungkasnya tegas tegasnya terang terangnya papar paparnya ucap ucapnya sebut "
        "sebutnya imbuh imbuhnya tambah tambahnya harap harapnya tukas tukasnya beber bebernya "
        "urai urainya cetus cetusnya imbau imbaunya ajak ajaknya kenang kenangnya tandas "
        "tandasnya tanya tanyanya kelakar kelakarnya sambung sambungnya lanjut lanjutnya akui "
        "akunya mengatakan menyampaikan menyebut menyebutkan menjelaskan menuturkan mengungkapkan "
        "menegaskan menambahkan memaparkan berharap bertanya menyatakan menilai mengaku menurut "
        "mengimbau mengajak mengakui menerangkan menekankan berkata bercerita mengungkap berujar"
    ),
    telling=words(
        "perbincangan percakapan obrolan wawancara dialog diskusi episode siniar podcast membahas "
        "dibahas menyinggung disinggung mengulas diulas membicarakan dibicarakan berbincang"
    ),
    endings=("nya", "lah", "kah", "pun"),
    idioms=(
        ("kalau", "tidak", "salah"),
        ("kalau", "saya", "tidak", "salah"),
        ("mau", "tidak", "mau"),
        ("tidak", "apa", "apa"),
        ("tidak", "apa"),
        ("tidak", "bisa", "dimungkiri"),
        ("ya", "tidak"),
        ("bukan", "begitu"),
        ("begitu", "bukan"),
    ),
    quantities=words(
        "setengah separuh seperempat sepertiga tigaperempat puluhan belasan ratusan ribuan jutaan "
        "miliaran triliunan pertama lusinan selusin sepasang puluh belas ratus ribu juta miliar "
        "triliun"
    ),
    calendar={month: number for number, month in enumerate(spoken("id").months, start=1)},
    weekdays=("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu"),
    spoken=table(_SPOKEN + _WRONG),
    alike=pairs(
        "sama/dengan sama/dan buat/untuk buat/bagi untuk/bagi membuat/buat di/dalam di/pada "
        "ke/kepada pada/kepada adalah/ialah adalah/merupakan yaitu/yakni yaitu/adalah "
        "seperti/macam lalu/kemudian agar/supaya karena/sebab namun/tetapi ini/tersebut "
        "itu/tersebut ia/dia dia/beliau ia/beliau bisa/dapat sudah/telah mau/ingin mau/hendak "
        "memberi/memberikan melihat/lihat berkata/mengatakan sekali/sangat bertanya/menanyakan "
        "jadi/menjadi jadi/sehingga jadi/maka jika/kalau bila/kalau apabila/kalau jika/apabila "
        "jika/bila harus/mesti harus/wajib hanya/sekadar macet/mandek cari/mencari pakai/memakai "
        "pakai/menggunakan memakai/menggunakan pakai/dengan ikut/mengikuti ponsel/handphone "
        "kerja/bekerja main/bermain jalan/berjalan belajar/ajar bantu/membantu ambil/mengambil "
        "bawa/membawa beli/membeli jual/menjual tulis/menulis baca/membaca urus/mengurus "
        "kelola/mengelola kirim/mengirim tanam/menanam bangun/membangun minta/meminta "
        "terima/menerima buka/membuka tutup/menutup pilih/memilih jaga/menjaga dengar/mendengar "
        "tahu/mengetahui lewat/melalui kasih/memberi habis/setelah habis/sesudah setelah/sesudah "
        "begitu/demikian sebelumnya/tadi nanti/kelak mereka/warga-mereka"
    ),
    opposites=pairs(
        "jual/beli menjual/membeli dijual/dibeli naik/turun menaikkan/menurunkan "
        "dinaikkan/diturunkan kenaikan/penurunan meningkat/menurun meningkat/berkurang "
        "bertambah/berkurang menambah/mengurangi ditambah/dikurangi peningkatan/penurunan "
        "setuju/menolak setuju/keberatan menerima/menolak menerima/memberi menerima/memberikan "
        "diterima/ditolak mendukung/menolak mendukung/menentang membuka/menutup dibuka/ditutup "
        "buka/tutup masuk/keluar dari/ke sebelum/sesudah sebelum/setelah aman/berbahaya "
        "legal/ilegal aktif/nonaktif untung/rugi benar/salah benar/bohong baik/buruk bagus/jelek "
        "mudah/sulit mudah/sukar gampang/susah murah/mahal cepat/lambat besar/kecil tinggi/rendah "
        "lebih/kurang lebih/sedikit banyak/sedikit semua/sebagian wajib/boleh boleh/dilarang "
        "wajib/dilarang pertama/terakhir maksimal/minimal gratis/berbayar hidup/mati lama/baru "
        "kaya/miskin kuat/lemah berhasil/gagal sukses/gagal menang/kalah hadir/absen "
        "mengizinkan/melarang diizinkan/dilarang percaya/ragu membangun/merobohkan negeri/swasta "
        "utara/selatan timur/barat laki-laki/perempuan hulu/hilir kiri/kanan atas/bawah "
        "awal/akhir siang/malam pagi/sore pagi/malam kemarin/besok selalu/jarang sering/jarang "
        "sudah/akan telah/akan sebelumnya/berikutnya lalu/depan lebih/belum minggu/bulan "
        "laut/darat tepat/terlambat bersih/kotor"
    ),
    misspellings={wrong: " ".join(right) for wrong, right in table(_WRONG).items()},
    places=words(
        "indonesia jakarta bandung surabaya yogyakarta bali jawa sumatera kalimantan sulawesi "
        "papua borneo banjarmasin makassar manado medan palembang semarang solo malang bogor "
        "depok bekasi tangerang denpasar lombok kendari gorontalo ambon aceh lampung jambi kutai "
        "kukar samarinda balikpapan bontang tenggarong berau paser penajam bulungan tarakan "
        "nusantara"
    ),
    counts_in_words=True,
)
